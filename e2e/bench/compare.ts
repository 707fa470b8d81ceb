/** Medians of both sides, and of the ratio of runs that stood beside each other. */
export interface Compared {
  ratio: number
  ours: number
  reference: number
  runs: number
  spread: [number, number]
}

/**
 * Runs both sides turn by turn, so that whatever else the machine does falls on both alike; which of them goes first
 * changes every time. Each side answers what it cost, in whatever unit. One pair before the count warms both up.
 */
export async function compare(
  runs: number,
  ours: (run: number) => Promise<number>,
  reference: (run: number) => Promise<number>,
  { warmUp = 1 }: { warmUp?: number } = {},
): Promise<Compared> {
  const pairs: { ours: number; reference: number }[] = []
  for (let run = -warmUp; run < runs; run++) {
    const pair = { ours: 0, reference: 0 }
    const sides = [
      async () => void (pair.ours = await ours(run)),
      async () => void (pair.reference = await reference(run)),
    ]
    if (run % 2 !== 0) sides.reverse()
    for (const side of sides) await side()
    if (run >= 0) pairs.push(pair)
  }
  const ratios = pairs.map((pair) => pair.ours / pair.reference)
  return {
    ratio: quantile(ratios, 0.5),
    ours: quantile(
      pairs.map((pair) => pair.ours),
      0.5,
    ),
    reference: quantile(
      pairs.map((pair) => pair.reference),
      0.5,
    ),
    runs,
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  }
}

/** The value below which so much (0–1) of the values lie, between two neighbours by straight line. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  if (low === undefined || high === undefined) return Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

/** How long something takes, in ms. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}
