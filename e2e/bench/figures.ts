import type { Figure } from './figure'
import { storm } from './p2-storm'
import { sizeOfSchool } from './p3-size-of-school'
import { nothingNew } from './p4-nothing-new'
import { memoryOfStreams } from './p10-memory-of-streams'
import { news } from './p11-news'
import { bytes } from './p12-bytes'
import { morning } from './p15-morning'

/** The rows of the table, in order. */
export const figures: readonly Figure[] = [
  storm,
  sizeOfSchool,
  nothingNew,
  memoryOfStreams,
  news,
  bytes,
  morning,
]
