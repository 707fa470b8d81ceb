import { must } from 'shared/plain/must'
import { until, type Bench, type Sample } from './bench'

/** The store contract, changes and those who follow them. */
export function describeFeeds(given: () => Bench): void {
  let bench: Bench
  beforeEach(() => {
    bench = given()
  })

  it('tells what changed, each document once', async () => {
    const [rev] = await bench.create({ _id: 'a' }, { _id: 'b' }, { _id: 'c' })
    await bench.store.write([{ doc: { _id: 'a', text: 'again' }, rev: must(rev, 'rev') }])
    const all = await bench.store.changes(null, 100)
    expect(all).toMatchObject({ more: false })
    expect([...all.ids].sort()).toEqual(['a', 'b', 'c'])
    const found = await bench.store.get(all.ids)
    for (const [id, told] of all.revs ?? []) expect(told).toBe(found.get(id)?.rev)
    expect(await bench.store.changes(all.seq, 100)).toMatchObject({ ids: [], more: false })
    await bench.create({ _id: 'd' })
    expect(await bench.store.changes(all.seq, 100)).toMatchObject({ ids: ['d'], more: false })
    expect((await bench.store.changes((await bench.store.info()).seq, 100)).ids).toEqual([])
  })

  it('pages changes without losing or repeating one', async () => {
    const ids = Array.from({ length: 23 }, (_, at) => `lesson:${at}`)
    await bench.create(...ids.map((_id) => ({ _id })))
    const read: string[] = []
    let seq: string | null = null
    let pages = 0
    for (let more = true; more; pages++) {
      const page = await bench.store.changes(seq, 5)
      expect(page.ids.length).toBeLessThanOrEqual(5)
      read.push(...page.ids)
      seq = page.seq
      more = page.more
    }
    expect(read.toSorted()).toEqual(ids.toSorted())
    expect(pages).toBeGreaterThanOrEqual(5)
  })

  it('follows changes from where it is asked to, until it is told to stop', async () => {
    await bench.create({ _id: 'a' })
    const { seq } = await bench.store.info()
    await bench.create({ _id: 'b' })
    const seen: string[] = []
    let last = seq
    const unfollow = bench.store.follow(seq, (ids, now) => {
      seen.push(...ids)
      last = now
    })
    await until(() => seen.includes('b'))
    await bench.create({ _id: 'c' }, { _id: 'd' })
    await until(() => seen.includes('c') && seen.includes('d'))
    expect(seen.toSorted()).toEqual(['b', 'c', 'd'])
    unfollow()
    await bench.create({ _id: 'e' })
    const rest: string[] = []
    const again = bench.store.follow(last, (ids) => rest.push(...ids))
    await until(() => rest.includes('e'))
    again()
    expect(rest).toEqual(['e'])
    expect(seen).toHaveLength(3)
  })

  it('tells each follower, and one that opened the database apart', async () => {
    const other = await bench.factory.open<Sample>(bench.database)
    const { seq } = await bench.store.info()
    const here: string[] = []
    const there: string[] = []
    bench.store.follow(seq, (ids) => here.push(...ids))
    other.follow(seq, (ids) => there.push(...ids))
    await bench.create({ _id: 'a' })
    await until(() => here.length > 0 && there.length > 0)
    await other.close()
    await bench.create({ _id: 'b' })
    await until(() => here.length > 1)
    await bench.store.close()
    expect({ here, there }).toEqual({ here: ['a', 'b'], there: ['a'] })
  })

  it('keeps local documents out of ranges and changes', async () => {
    expect(await bench.store.local('follower')).toBeNull()
    const { seq } = await bench.store.info()
    await bench.store.setLocal('follower', { seq: 1, _odd: true })
    await bench.store.setLocal('follower', { seq: 2 })
    expect(await bench.store.local('follower')).toEqual({ seq: 2 })
    expect(await bench.store.range('A', 'zz', 100)).toEqual([])
    expect((await bench.store.changes(seq, 100)).ids).toEqual([])
  })
}
