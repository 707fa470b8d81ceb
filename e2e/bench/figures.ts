import type { Figure } from './figure'

/** The rows of the table, in order. */
export const figures: readonly Figure[] = []
