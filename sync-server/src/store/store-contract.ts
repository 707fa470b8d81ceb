import { Bench, type Subject } from './contract/bench'
import { describeDatabases } from './contract/databases'
import { describeDocuments } from './contract/documents'
import { describeFeeds } from './contract/feeds'
import { describeLeaves } from './contract/leaves'

/** What every store must do (S1, S2, S4): one suite for all adapters. */
export function describeStore(name: string, makeSubject: () => Promise<Subject>): void {
  describe(`${name} keeps the store contract`, () => {
    let bench: Bench

    beforeAll(async () => {
      bench = new Bench(await makeSubject())
    }, 30_000)
    beforeEach(() => bench.begin(), 30_000)
    afterEach(() => bench.store.close())
    afterAll(() => bench.subject.remove(), 60_000)

    describeDocuments(() => bench)
    describeLeaves(() => bench)
    describeFeeds(() => bench)
    describeDatabases(() => bench)
  })
}
