export interface Sample {
  /** What grows on the one axis: hours, or requests. */
  at: number
  value: number
}

/** A straight line through samples, by least squares. */
export interface Line {
  slope: number
  /** 95 % of the slopes that these samples could have come from lie within so much of it. */
  within: number
  start: number
}

/** How steadily something grows. The samples of one process follow each other, so the true doubt is larger still. */
export function lineThrough(samples: readonly Sample[]): Line {
  const n = samples.length
  const mean = (pick: (sample: Sample) => number) => samples.reduce((sum, one) => sum + pick(one), 0) / n
  const [at, value] = [mean((one) => one.at), mean((one) => one.value)]
  const spread = samples.reduce((sum, one) => sum + (one.at - at) ** 2, 0)
  const slope = samples.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0) / spread
  const start = value - slope * at
  const rest = samples.reduce((sum, one) => sum + (one.value - start - slope * one.at) ** 2, 0)
  return {
    slope,
    start,
    within: n > 2 ? 1.96 * Math.sqrt(rest / (n - 2) / spread) : Number.POSITIVE_INFINITY,
  }
}
