import type { Compared } from './compare'

export interface BenchOptions {
  /** How many times each side is run: at least 15 for a figure that is published. */
  runs: number
  /** The sizes that take longer than half an hour too. */
  long: boolean
  /** A CouchDB that the bench may fill; without it the embedded store is measured. */
  couchdb: string | null
  log: (line: string) => void
}

/** What one figure came to. `ratio` is ours by the reference; where only one side exists, it is by the goal. */
export interface Result {
  ratio: number
  /** Medians, in `unit`. */
  ours: number
  reference: number
  unit: string
  /** What the ratio must not exceed. */
  goal: number
  met: boolean
  runs: number
  /** First and third quartile of the ratio of paired runs. */
  spread: [number, number]
  /** What both sides are, and anything else that has to be known to read the figure. */
  says: string
  /** Further figures by name: bounds with a unit of their own, sizes, other percentiles. */
  more?: Record<string, number | string | boolean>
}

/** One row of the bench's table. A figure never throws for a miss: it says `met: false`. */
export interface Figure {
  name: `P${number}`
  /** What is compared with what, in one line. */
  title: string
  goal: number
  run(options: BenchOptions): Promise<Result>
}

/** The result of a plain comparison, met when its ratio is within the goal and whatever else it asks holds. */
export function resultOf(
  { goal }: Pick<Figure, 'goal'>,
  compared: Compared,
  said: { unit: string; says: string; more?: NonNullable<Result['more']>; alsoMet?: boolean },
): Result {
  const { alsoMet = true, ...rest } = said
  return { ...compared, goal, met: compared.ratio <= goal && alsoMet, ...rest }
}
