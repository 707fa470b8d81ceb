import { must } from 'shared/plain/must'
import type { Bench, Sample } from './bench'

/** The store contract, databases, views and local documents. */
export function describeDatabases(given: () => Bench): void {
  let bench: Bench
  beforeEach(() => {
    bench = given()
  })

  it('A1 finds what waits by the view, as it stands now', async () => {
    const [rev] = await bench.create(
      { _id: 'b', waiting: true },
      { _id: 'a', waiting: true },
      { _id: 'c', waiting: false },
    )
    expect(await bench.store.view('waiting', 'waiting')).toEqual(['a', 'b'])
    await bench.store.write([{ doc: { _id: 'b', waiting: false }, rev: must(rev, 'rev') }])
    expect(await bench.store.view('waiting', 'waiting')).toEqual(['a'])
    expect(await bench.store.view('waiting', 'nothing')).toEqual([])
    await expect(bench.store.view('no-such-view', 'x')).rejects.toThrow('no-such-view')
  })

  it('finds sessions and accounts by person in the database of sign-ins', async () => {
    const accounts = await bench.factory.open<Sample>(bench.database.replace('journal', 'accounts'))
    await accounts.ensure()
    await accounts.write(
      [
        { _id: `session:1:${bench.database}`, type: 'session', person: bench.database },
        { _id: `session:2:${bench.database}`, type: 'session', person: 'other' },
        { _id: `account:${bench.database}`, type: 'account', person: bench.database },
      ].map((doc) => ({ doc, rev: null })),
    )
    expect(await accounts.view('sessions-by-person', bench.database)).toEqual([`session:1:${bench.database}`])
    expect(await accounts.view('accounts-by-person', bench.database)).toEqual([`account:${bench.database}`])
    await accounts.close()
  })

  it('ensures a database twice without harm, and lists it from then on', async () => {
    await bench.create({ _id: 'a', text: 'kept' })
    const { feed } = await bench.store.info()
    await bench.store.ensure()
    const other = await bench.factory.open<Sample>(bench.database)
    await other.ensure()
    expect((await other.get(['a'])).get('a')?.doc.text).toBe('kept')
    expect(await other.info()).toMatchObject({ feed })
    const unbornName = bench.database.replace('contract', 'unborn')
    const unborn = await bench.factory.open<Sample>(unbornName)
    expect(await bench.factory.list(bench.database)).toEqual([bench.database])
    expect(await bench.factory.list(unbornName)).toEqual([])
    await expect(unborn.get(['a'])).rejects.toMatchObject({ name: 'StoreUnavailable' })
    await expect(bench.factory.open('../elsewhere')).rejects.toThrow('no name')
  })

  it('keeps two databases and their feeds apart', async () => {
    const other = await bench.factory.open<Sample>(bench.database.replace('contract', 'apart'))
    await other.ensure()
    await bench.create({ _id: 'a' })
    expect((await other.get(['a'])).size).toBe(0)
    expect((await other.info()).feed).not.toBe((await bench.store.info()).feed)
  })

  it('keeps everything when it is opened again', async () => {
    await bench.create({ _id: 'a', text: 'one', waiting: true }, { _id: 'b' })
    await bench.subject.plantLeaf(
      bench.database,
      { _id: 'a', text: 'other' },
      '1-00000000000000000000000000000000',
    )
    await bench.store.setLocal('mine', { kept: true })
    const { feed, seq } = await bench.store.info()
    await bench.create({ _id: 'c' })
    await bench.reopen()
    expect(await bench.one('a')).toMatchObject({
      doc: { text: 'one' },
      conflicts: [{ doc: { text: 'other' } }],
    })
    expect(await bench.store.local('mine')).toEqual({ kept: true })
    expect(await bench.store.view('waiting', 'waiting')).toEqual(['a'])
    expect((await bench.store.info()).feed).toBe(feed)
    expect((await bench.store.changes(seq, 10)).ids).toEqual(['c'])
  })
}
