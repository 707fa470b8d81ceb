import { must } from 'shared/plain/must'
import type { Store, StoredDocument, StoreFactory } from './store'

/** A document of the suite: as much of a sheet as a store looks at, and as much of a session. */
export interface Sample extends StoredDocument {
  text?: string
  waiting?: boolean
  type?: string
  person?: string
  cells?: Record<string, unknown>
}

/** What the suite needs of an adapter besides the port. */
export interface Subject {
  factory: StoreFactory
  /** Adds a leaf beside those there are, as replication or a second server does. */
  plantLeaf(database: string, doc: Sample, rev: string): Promise<void>
  /** From now until the returned function is called, what is written is kept, but its answer does not come. */
  loseAnswers(): () => void
  /** The same stores after the process was closed and started again. Absent where nothing is to outlive a process. */
  reopen?(): Promise<StoreFactory>
  remove(): Promise<void>
}

/** What every store must do (S1, S2, S4): one suite for all adapters. */
export function describeStore(name: string, makeSubject: () => Promise<Subject>): void {
  describe(`${name} keeps the store contract`, () => {
    let subject: Subject
    let factory: StoreFactory
    let store: Store<Sample>
    let database: string
    let count = 0

    beforeAll(async () => {
      subject = await makeSubject()
      factory = subject.factory
    }, 30_000)
    afterAll(async () => subject.remove(), 30_000)
    beforeEach(async () => {
      database = `journal-contract${++count}-2026`
      store = await factory.open<Sample>(database)
      await store.ensure()
    })

    const create = async (...docs: Sample[]): Promise<string[]> => {
      const outcomes = await store.write(docs.map((doc) => ({ doc, rev: null })))
      return docs.map(({ _id }) => revOf(outcomes, _id))
    }
    const one = async (id: string) => must((await store.get([id])).get(id), id)

    it('gives back what was written, without fields of its own', async () => {
      const [rev] = await create({
        _id: 'lesson:a',
        text: 'ё',
        cells: { 'mark:s1': { value: '5', list: [1, null] } },
      })
      expect(await one('lesson:a')).toEqual({
        doc: { _id: 'lesson:a', text: 'ё', cells: { 'mark:s1': { value: '5', list: [1, null] } } },
        rev,
        conflicts: [],
      })
    })

    it('gives what exists, and is silent about the rest', async () => {
      await create({ _id: 'lesson:a' }, { _id: 'lesson:b' })
      const found = await store.get(['lesson:b', 'lesson:none', '_design/sheets', 'lesson:a', 'урок', ''])
      expect([...found.keys()].sort()).toEqual(['lesson:a', 'lesson:b'])
      expect((await store.get([])).size).toBe(0)
    })

    it('writes on the revision that was read, and on no other', async () => {
      const [first] = await create({ _id: 'lesson:a', text: 'one' })
      const second = await store.write([{ doc: { _id: 'lesson:a', text: 'two' }, rev: must(first, 'rev') }])
      expect(second.get('lesson:a')).toMatchObject({ is: 'written' })
      const stale = await store.write([{ doc: { _id: 'lesson:a', text: 'three' }, rev: must(first, 'rev') }])
      expect(stale.get('lesson:a')).toEqual({ is: 'conflict' })
      expect((await one('lesson:a')).doc.text).toBe('two')
    })

    it('creates a document once', async () => {
      await create({ _id: 'lesson:a', text: 'one' })
      const again = await store.write([{ doc: { _id: 'lesson:a', text: 'two' }, rev: null }])
      expect(again.get('lesson:a')).toEqual({ is: 'conflict' })
      expect((await one('lesson:a')).doc.text).toBe('one')
    })

    it('lets exactly one of several writers through', async () => {
      const [rev] = await create({ _id: 'lesson:a' })
      const texts = ['one', 'two', 'three', 'four']
      const all = await Promise.all(
        texts.map((text) => store.write([{ doc: { _id: 'lesson:a', text }, rev: must(rev, 'rev') }])),
      )
      const won = texts.filter((_, at) => all[at]?.get('lesson:a')?.is === 'written')
      expect(won).toHaveLength(1)
      expect((await one('lesson:a')).doc.text).toBe(won[0])
    })

    it('S4 writes of a bulk stand alone: a conflict does not hold the others up', async () => {
      await create({ _id: 'lesson:b' })
      const outcomes = await store.write([
        { doc: { _id: 'lesson:a' }, rev: null },
        { doc: { _id: 'lesson:b' }, rev: null },
        { doc: { _id: 'lesson:c' }, rev: '1-00000000000000000000000000000000' },
        { doc: { _id: 'lesson:d' }, rev: null },
      ])
      expect(['a', 'b', 'c', 'd'].map((letter) => outcomes.get(`lesson:${letter}`)?.is)).toEqual([
        'written',
        'conflict',
        'conflict',
        'written',
      ])
      expect(await store.write([])).toEqual(new Map())
    })

    it('refuses an id that stores treat differently, and one document twice in a bulk', async () => {
      for (const _id of ['урок:1', '_design/mine', 'a b', '']) {
        await expect(store.write([{ doc: { _id }, rev: null }])).rejects.toThrow('no id')
      }
      const twice = [
        { doc: { _id: 'a' }, rev: null },
        { doc: { _id: 'a' }, rev: null },
      ]
      await expect(store.write(twice)).rejects.toThrow('twice')
    })

    it('keeps documents apart from the hands that hold them', async () => {
      const doc: Sample = { _id: 'lesson:a', cells: { a: 1 } }
      await create(doc)
      doc.cells = { a: 2 }
      const read = await one('lesson:a')
      must(read.doc.cells, 'cells').a = 3
      expect((await one('lesson:a')).doc.cells).toEqual({ a: 1 })
    })

    it('lets no key called __proto__ in', async () => {
      const doc = JSON.parse(
        '{"_id":"lesson:a","cells":{"__proto__":{"x":1},"b":{"__proto__":2,"c":3}}}',
      ) as Sample
      await create(doc)
      const { cells } = (await one('lesson:a')).doc
      expect(Object.keys(must(cells, 'cells'))).toEqual(['b'])
      expect(cells).toEqual({ b: { c: 3 } })
      expect(({} as Record<string, unknown>).x).toBeUndefined()
    })

    it('S2 reports conflicting leaves with their documents', async () => {
      await create({ _id: 'lesson:a', text: 'ours' })
      await subject.plantLeaf(
        database,
        { _id: 'lesson:a', text: 'theirs' },
        '1-ffffffffffffffffffffffffffffffff',
      )
      await subject.plantLeaf(
        database,
        { _id: 'lesson:a', text: 'others' },
        '1-00000000000000000000000000000000',
      )
      const { doc, rev, conflicts } = await one('lesson:a')
      expect(rev).toBe('1-ffffffffffffffffffffffffffffffff')
      expect(doc).toEqual({ _id: 'lesson:a', text: 'theirs' })
      expect(conflicts.map((leaf) => leaf.doc.text).sort()).toEqual(['others', 'ours'])
      expect(await store.view('conflicts', 'conflicts')).toEqual(['lesson:a'])
      const [shown] = await store.range('lesson:', 'lesson:~', 10)
      expect(shown).toEqual({ _id: 'lesson:a', text: 'theirs' })
    })

    it('S2 drops losing leaves in the bulk that writes their union', async () => {
      await create({ _id: 'lesson:a', text: 'ours' }, { _id: 'lesson:b', text: 'one' })
      await subject.plantLeaf(
        database,
        { _id: 'lesson:a', text: 'theirs' },
        '3-ffffffffffffffffffffffffffffffff',
      )
      const before = await one('lesson:a')
      const outcomes = await store.write([
        {
          doc: { _id: 'lesson:a', text: 'both' },
          rev: before.rev,
          drop: before.conflicts.map(({ rev }) => rev),
        },
        { doc: { _id: 'lesson:c', text: 'new' }, rev: null },
      ])
      expect(revOf(outcomes, 'lesson:c')).toMatch(/^1-/)
      expect(await one('lesson:a')).toEqual({
        doc: { _id: 'lesson:a', text: 'both' },
        rev: revOf(outcomes, 'lesson:a'),
        conflicts: [],
      })
      expect(await store.view('conflicts', 'conflicts')).toEqual([])
    })

    it('S2 a leaf that has gone already does not undo the write that would drop it', async () => {
      const [rev] = await create({ _id: 'lesson:a', text: 'ours' })
      const gone = ['1-00000000000000000000000000000000']
      const outcomes = await store.write([
        { doc: { _id: 'lesson:a', text: 'next' }, rev: must(rev, 'rev'), drop: gone },
      ])
      expect(outcomes.get('lesson:a')?.is).toBe('written')
      expect(await one('lesson:a')).toMatchObject({ doc: { text: 'next' }, conflicts: [] })
    })

    it('S1 a write whose answer is lost is never reported as written, and settling again is safe', async () => {
      const [rev] = await create({ _id: 'lesson:a', text: 'one' })
      const find = subject.loseAnswers()
      const outcome = await store
        .write([{ doc: { _id: 'lesson:a', text: 'two' }, rev: must(rev, 'rev') }])
        .then((outcomes) => outcomes.get('lesson:a')?.is)
        .catch((error: Error) => error.name)
      find()
      expect(['uncertain', 'StoreUnavailable']).toContain(outcome)
      const read = await one('lesson:a')
      const again = await store.write([{ doc: { _id: 'lesson:a', text: 'three' }, rev: read.rev }])
      expect(again.get('lesson:a')?.is).toBe('written')
      expect((await one('lesson:a')).doc.text).toBe('three')
    })

    it('reads ranges from start to end, both included, by code point', async () => {
      const ids = [
        'lesson:b',
        'lesson:B',
        'lesson:a',
        'lesson:a:2026-09-01:10',
        'lesson:a:2026-09-01:2',
        'roster:a',
      ]
      await create(...ids.map((_id) => ({ _id })), { _id: 'lesson:_x' }, { _id: 'lesson:~' })
      const read = async (start: string, end: string, limit = 100) =>
        (await store.range(start, end, limit)).map(({ _id }) => _id)
      expect(await read('lesson:', 'lesson:~')).toEqual([
        'lesson:B',
        'lesson:_x',
        'lesson:a',
        'lesson:a:2026-09-01:10',
        'lesson:a:2026-09-01:2',
        'lesson:b',
        'lesson:~',
      ])
      expect(await read('lesson:a', 'lesson:b')).toHaveLength(4)
      expect(await read('lesson:', 'lesson:~', 2)).toEqual(['lesson:B', 'lesson:_x'])
      expect(await read('A', 'zz')).toHaveLength(8)
      expect(await read('A', 'zz', 8)).toHaveLength(8)
      expect(await read('s', 't')).toEqual([])
    })

    it('tells what changed, each document once, in order of its latest change', async () => {
      const [rev] = await create({ _id: 'a' }, { _id: 'b' }, { _id: 'c' })
      await store.write([{ doc: { _id: 'a', text: 'again' }, rev: must(rev, 'rev') }])
      const all = await store.changes(null, 100)
      expect(all).toMatchObject({ more: false })
      expect(all.ids.at(-1)).toBe('a')
      expect([...all.ids].sort()).toEqual(['a', 'b', 'c'])
      expect(await store.changes(all.seq, 100)).toMatchObject({ ids: [], more: false })
      await create({ _id: 'd' })
      expect(await store.changes(all.seq, 100)).toMatchObject({ ids: ['d'], more: false })
      expect((await store.changes((await store.info()).seq, 100)).ids).toEqual([])
    })

    it('pages changes without losing or repeating one', async () => {
      const ids = Array.from({ length: 23 }, (_, at) => `lesson:${at}`)
      await create(...ids.map((_id) => ({ _id })))
      const read: string[] = []
      let seq: string | null = null
      let pages = 0
      for (let more = true; more; pages++) {
        const page = await store.changes(seq, 5)
        expect(page.ids.length).toBeLessThanOrEqual(5)
        read.push(...page.ids)
        seq = page.seq
        more = page.more
      }
      expect(read.toSorted()).toEqual(ids.toSorted())
      expect(pages).toBeGreaterThanOrEqual(5)
    })

    it('follows changes from where it is asked to, until it is told to stop', async () => {
      await create({ _id: 'a' })
      const { seq } = await store.info()
      await create({ _id: 'b' })
      const seen: string[] = []
      let last = seq
      const unfollow = store.follow(seq, (ids, now) => {
        seen.push(...ids)
        last = now
      })
      await until(() => seen.includes('b'))
      await create({ _id: 'c' }, { _id: 'd' })
      await until(() => seen.includes('c') && seen.includes('d'))
      expect(seen.toSorted()).toEqual(['b', 'c', 'd'])
      unfollow()
      await create({ _id: 'e' })
      const rest: string[] = []
      const again = store.follow(last, (ids) => rest.push(...ids))
      await until(() => rest.includes('e'))
      again()
      expect(rest).toEqual(['e'])
      expect(seen).toHaveLength(3)
    })

    it('tells each follower, and one that opened the database apart', async () => {
      const other = await factory.open<Sample>(database)
      const { seq } = await store.info()
      const here: string[] = []
      const there: string[] = []
      store.follow(seq, (ids) => here.push(...ids))
      other.follow(seq, (ids) => there.push(...ids))
      await create({ _id: 'a' })
      await until(() => here.length > 0 && there.length > 0)
      await other.close()
      await create({ _id: 'b' })
      await until(() => here.length > 1)
      await store.close()
      expect({ here, there }).toEqual({ here: ['a', 'b'], there: ['a'] })
    })

    it('A1 finds what waits by the view, as it stands now', async () => {
      const [rev] = await create(
        { _id: 'b', waiting: true },
        { _id: 'a', waiting: true },
        { _id: 'c', waiting: false },
      )
      expect(await store.view('waiting', 'waiting')).toEqual(['a', 'b'])
      await store.write([{ doc: { _id: 'b', waiting: false }, rev: must(rev, 'rev') }])
      expect(await store.view('waiting', 'waiting')).toEqual(['a'])
      expect(await store.view('waiting', 'nothing')).toEqual([])
      await expect(store.view('no-such-view', 'x')).rejects.toThrow('no-such-view')
    })

    it('finds sessions and accounts by person in the database of sign-ins', async () => {
      const accounts = await factory.open<Sample>('accounts')
      await accounts.ensure()
      await accounts.write(
        [
          { _id: `session:1:${database}`, type: 'session', person: database },
          { _id: `session:2:${database}`, type: 'session', person: 'other' },
          { _id: `account:${database}`, type: 'account', person: database },
        ].map((doc) => ({ doc, rev: null })),
      )
      expect(await accounts.view('sessions-by-person', database)).toEqual([`session:1:${database}`])
      expect(await accounts.view('accounts-by-person', database)).toEqual([`account:${database}`])
      await accounts.close()
    })

    it('keeps local documents out of ranges and changes', async () => {
      expect(await store.local('follower')).toBeNull()
      const { seq } = await store.info()
      await store.setLocal('follower', { seq: 1, _odd: true })
      await store.setLocal('follower', { seq: 2 })
      expect(await store.local('follower')).toEqual({ seq: 2 })
      expect(await store.range('A', 'zz', 100)).toEqual([])
      expect((await store.changes(seq, 100)).ids).toEqual([])
    })

    it('ensures a database twice without harm, and lists it from then on', async () => {
      await create({ _id: 'a', text: 'kept' })
      const { feed } = await store.info()
      await store.ensure()
      const other = await factory.open<Sample>(database)
      await other.ensure()
      expect((await other.get(['a'])).get('a')?.doc.text).toBe('kept')
      expect(await other.info()).toMatchObject({ feed })
      const unborn = await factory.open<Sample>(`journal-unborn${count}-2026`)
      expect(await factory.list(database)).toEqual([database])
      expect(await factory.list(`journal-unborn${count}`)).toEqual([])
      await expect(unborn.get(['a'])).rejects.toMatchObject({ name: 'StoreUnavailable' })
      await expect(factory.open('../elsewhere')).rejects.toThrow('no name')
    })

    it('keeps two databases and their feeds apart', async () => {
      const other = await factory.open<Sample>(`${database.replace('contract', 'apart')}`)
      await other.ensure()
      await create({ _id: 'a' })
      expect((await other.get(['a'])).size).toBe(0)
      expect((await other.info()).feed).not.toBe((await store.info()).feed)
    })

    it('keeps everything when it is opened again', async () => {
      await create({ _id: 'a', text: 'one', waiting: true }, { _id: 'b' })
      await subject.plantLeaf(database, { _id: 'a', text: 'other' }, '1-00000000000000000000000000000000')
      await store.setLocal('mine', { kept: true })
      const { feed, seq } = await store.info()
      await create({ _id: 'c' })
      if (subject.reopen) {
        factory = await subject.reopen()
        store = await factory.open<Sample>(database)
        await store.ensure()
      }
      expect(await one('a')).toMatchObject({ doc: { text: 'one' }, conflicts: [{ doc: { text: 'other' } }] })
      expect(await store.local('mine')).toEqual({ kept: true })
      expect(await store.view('waiting', 'waiting')).toEqual(['a'])
      expect((await store.info()).feed).toBe(feed)
      expect((await store.changes(seq, 10)).ids).toEqual(['c'])
    })
  })
}

function revOf(outcomes: ReadonlyMap<string, { is: string; rev?: string }>, id: string): string {
  const outcome = outcomes.get(id)
  if (outcome?.is !== 'written') throw new Error(`${id} is ${outcome?.is}`)
  return must(outcome.rev, 'rev')
}

/** Waits for news from a store: five seconds at most. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 500) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
