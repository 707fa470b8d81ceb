import type { Figure } from './figure'
import { storm } from './p2-storm'

/** The rows of the table, in order. */
export const figures: readonly Figure[] = [storm]
