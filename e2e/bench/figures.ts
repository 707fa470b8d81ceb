import type { Figure } from './figure'
import { firstSync } from './p1-first-sync'
import { storm } from './p2-storm'
import { sizeOfSchool } from './p3-size-of-school'
import { nothingNew } from './p4-nothing-new'
import { tapToDurable } from './p5-tap'
import { journalPage } from './p7-journal'
import { coldStart } from './p8-cold-start'
import { weight } from './p9-weight'
import { memoryOfStreams } from './p10-memory-of-streams'
import { news } from './p11-news'
import { bytes } from './p12-bytes'
import { sealedStore } from './p14-sealed'
import { morning } from './p15-morning'

/** The rows of the table, in order. */
export const figures: readonly Figure[] = [
  firstSync,
  storm,
  sizeOfSchool,
  nothingNew,
  tapToDurable,
  journalPage,
  coldStart,
  weight,
  memoryOfStreams,
  news,
  bytes,
  sealedStore,
  morning,
]
