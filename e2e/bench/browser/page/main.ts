import '../../../../client/src/app/no-eval'
import { countHeld, firstSync, replicate } from './first-sync'
import { bulkRead, fillStores, singleWrite } from './sealed-and-plain'
import { openLesson, put, tap, write } from './strict-write'

/** What the bench asks of its page: each answers what it cost, in ms. */
const benchPage = {
  firstSync,
  countHeld,
  replicate,
  openLesson,
  tap,
  write,
  put,
  fillStores,
  bulkRead,
  singleWrite,
}

declare global {
  // Only a `var` adds to the global object.
  var bench: typeof benchPage
}
globalThis.bench = benchPage
