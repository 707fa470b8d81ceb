import { must } from 'shared/plain/must'
import type { Bench, Sample } from './bench'

/** The store contract, documents: what is written is what is read. */
export function describeDocuments(given: () => Bench): void {
  let bench: Bench
  beforeEach(() => {
    bench = given()
  })

  it('gives back what was written, without fields of its own', async () => {
    const [rev] = await bench.create({
      _id: 'lesson:a',
      text: 'ё',
      cells: { 'mark:s1': { value: '5', list: [1, null] } },
    })
    expect(await bench.one('lesson:a')).toEqual({
      doc: { _id: 'lesson:a', text: 'ё', cells: { 'mark:s1': { value: '5', list: [1, null] } } },
      rev,
      conflicts: [],
    })
  })

  it('gives what exists, and is silent about the rest', async () => {
    await bench.create({ _id: 'lesson:a' }, { _id: 'lesson:b' })
    const found = await bench.store.get(['lesson:b', 'lesson:none', '_design/sheets', 'lesson:a', 'урок', ''])
    expect([...found.keys()].sort()).toEqual(['lesson:a', 'lesson:b'])
    expect((await bench.store.get([])).size).toBe(0)
  })

  it('writes on the revision that was read, and on no other', async () => {
    const [first] = await bench.create({ _id: 'lesson:a', text: 'one' })
    const second = await bench.store.write([
      { doc: { _id: 'lesson:a', text: 'two' }, rev: must(first, 'rev') },
    ])
    expect(second.get('lesson:a')).toMatchObject({ is: 'written' })
    const stale = await bench.store.write([
      { doc: { _id: 'lesson:a', text: 'three' }, rev: must(first, 'rev') },
    ])
    expect(stale.get('lesson:a')).toEqual({ is: 'conflict' })
    expect((await bench.one('lesson:a')).doc.text).toBe('two')
  })

  it('creates a document once', async () => {
    await bench.create({ _id: 'lesson:a', text: 'one' })
    const again = await bench.store.write([{ doc: { _id: 'lesson:a', text: 'two' }, rev: null }])
    expect(again.get('lesson:a')).toEqual({ is: 'conflict' })
    expect((await bench.one('lesson:a')).doc.text).toBe('one')
  })

  it('lets exactly one of several writers through', async () => {
    const [rev] = await bench.create({ _id: 'lesson:a' })
    const texts = ['one', 'two', 'three', 'four']
    const all = await Promise.all(
      texts.map((text) => bench.store.write([{ doc: { _id: 'lesson:a', text }, rev: must(rev, 'rev') }])),
    )
    const won = texts.filter((_, at) => all[at]?.get('lesson:a')?.is === 'written')
    expect(won).toHaveLength(1)
    expect((await bench.one('lesson:a')).doc.text).toBe(won[0])
  })

  it('S4 writes of a bulk stand alone: a conflict does not hold the others up', async () => {
    await bench.create({ _id: 'lesson:b' }, { _id: 'lesson:c' })
    const outcomes = await bench.store.write([
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
    expect(await bench.store.write([])).toEqual(new Map())
  })

  it('refuses an id that stores treat differently, a field of theirs, and one document twice in a bulk', async () => {
    for (const _id of ['урок:1', '_design/mine', 'a b', '']) {
      await expect(bench.store.write([{ doc: { _id }, rev: null }])).rejects.toThrow('no id')
    }
    const theirs = { doc: { _id: 'a', _rev: '1-a' }, rev: null }
    await expect(bench.store.write([theirs])).rejects.toThrow('_rev')
    const twice = [
      { doc: { _id: 'a' }, rev: null },
      { doc: { _id: 'a' }, rev: null },
    ]
    await expect(bench.store.write(twice)).rejects.toThrow('twice')
  })

  it('keeps documents apart from the hands that hold them', async () => {
    const doc: Sample = { _id: 'lesson:a', cells: { a: 1 } }
    await bench.create(doc)
    doc.cells = { a: 2 }
    const read = await bench.one('lesson:a')
    must(read.doc.cells, 'cells').a = 3
    expect((await bench.one('lesson:a')).doc.cells).toEqual({ a: 1 })
  })

  it('lets no key called __proto__ in', async () => {
    const doc = JSON.parse(
      '{"_id":"lesson:a","cells":{"__proto__":{"x":1},"b":{"__proto__":2,"c":3}}}',
    ) as Sample
    await bench.create(doc)
    const { cells } = (await bench.one('lesson:a')).doc
    expect(Object.keys(must(cells, 'cells'))).toEqual(['b'])
    expect(cells).toEqual({ b: { c: 3 } })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
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
    await bench.create(...ids.map((_id) => ({ _id })), { _id: 'lesson:_x' }, { _id: 'lesson:~' })
    const read = async (start: string, end: string, limit = 100) =>
      (await bench.store.range(start, end, limit)).map(({ _id }) => _id)
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
}
