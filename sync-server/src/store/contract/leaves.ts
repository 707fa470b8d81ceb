import { must } from 'shared/plain/must'
import { revOf, type Bench } from './bench'

/** The store contract, leaves and lost answers (S1, S2). */
export function describeLeaves(given: () => Bench): void {
  let bench: Bench
  beforeEach(() => {
    bench = given()
  })

  it('S2 reports conflicting leaves with their documents', async () => {
    await bench.create({ _id: 'lesson:a', text: 'ours' })
    await bench.subject.plantLeaf(
      bench.database,
      { _id: 'lesson:a', text: 'theirs' },
      '1-ffffffffffffffffffffffffffffffff',
    )
    await bench.subject.plantLeaf(
      bench.database,
      { _id: 'lesson:a', text: 'others' },
      '1-00000000000000000000000000000000',
    )
    const { doc, rev, conflicts } = await bench.one('lesson:a')
    expect(rev).toBe('1-ffffffffffffffffffffffffffffffff')
    expect(doc).toEqual({ _id: 'lesson:a', text: 'theirs' })
    expect(conflicts.map((leaf) => leaf.doc.text).sort((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      'others',
      'ours',
    ])
    expect(await bench.store.view('conflicts', 'conflicts')).toEqual(['lesson:a'])
    const [shown] = await bench.store.range('lesson:', 'lesson:~', 10)
    expect(shown).toEqual({ _id: 'lesson:a', text: 'theirs' })
  })

  it('S2 drops losing leaves once their union is written', async () => {
    await bench.create({ _id: 'lesson:a', text: 'ours' }, { _id: 'lesson:b', text: 'one' })
    await bench.subject.plantLeaf(
      bench.database,
      { _id: 'lesson:a', text: 'theirs' },
      '3-ffffffffffffffffffffffffffffffff',
    )
    const before = await bench.one('lesson:a')
    const outcomes = await bench.store.write([
      {
        doc: { _id: 'lesson:a', text: 'both' },
        rev: before.rev,
        drop: before.conflicts.map(({ rev }) => rev),
      },
      { doc: { _id: 'lesson:c', text: 'new' }, rev: null },
    ])
    expect(revOf(outcomes, 'lesson:c')).toMatch(/^1-/)
    expect(await bench.one('lesson:a')).toEqual({
      doc: { _id: 'lesson:a', text: 'both' },
      rev: revOf(outcomes, 'lesson:a'),
      conflicts: [],
    })
    expect(await bench.store.view('conflicts', 'conflicts')).toEqual([])
  })

  it('S2 keeps losing leaves where their union could not be written: what stands in them alone is not lost', async () => {
    const [rev] = await bench.create({ _id: 'lesson:a', text: 'ours' })
    const losing = '1-00000000000000000000000000000000'
    await bench.subject.plantLeaf(bench.database, { _id: 'lesson:a', text: 'theirs' }, losing)
    await bench.store.write([{ doc: { _id: 'lesson:a', text: 'faster' }, rev: must(rev, 'rev') }])
    const late = { doc: { _id: 'lesson:a', text: 'both' }, rev: must(rev, 'rev'), drop: [losing] }
    expect((await bench.store.write([late])).get('lesson:a')).toEqual({ is: 'conflict' })
    expect(await bench.one('lesson:a')).toMatchObject({
      doc: { text: 'faster' },
      conflicts: [{ doc: { text: 'theirs' } }],
    })
  })

  it('S2 a leaf that has gone already does not undo the write that would drop it', async () => {
    const [rev] = await bench.create({ _id: 'lesson:a', text: 'ours' })
    const gone = ['1-00000000000000000000000000000000']
    const outcomes = await bench.store.write([
      { doc: { _id: 'lesson:a', text: 'next' }, rev: must(rev, 'rev'), drop: gone },
    ])
    expect(outcomes.get('lesson:a')?.is).toBe('written')
    expect(await bench.one('lesson:a')).toMatchObject({ doc: { text: 'next' }, conflicts: [] })
  })

  it('S1 a write whose answer is lost is never reported as written, and settling again is safe', async () => {
    const [rev] = await bench.create({ _id: 'lesson:a', text: 'one' })
    const find = bench.subject.loseAnswers()
    const outcome = await bench.store
      .write([{ doc: { _id: 'lesson:a', text: 'two' }, rev: must(rev, 'rev') }])
      .then((outcomes) => outcomes.get('lesson:a')?.is)
      .catch((error: Error) => error.name)
    find()
    expect(['uncertain', 'StoreUnavailable']).toContain(outcome)
    const read = await bench.one('lesson:a')
    const again = await bench.store.write([{ doc: { _id: 'lesson:a', text: 'three' }, rev: read.rev }])
    expect(again.get('lesson:a')?.is).toBe('written')
    expect((await bench.one('lesson:a')).doc.text).toBe('three')
  })
}
