import { hashOf } from '../plain/hash'
import { must } from '../plain/must'
import { anEntry, salt } from '../testing/small-school'
import { commit, commitChange, idOf, mostBases, mostChanges, reveal, saltedParts, sealEntry } from './entry'
import { parseEntry, readEntry } from './kinds/kinds'

const { id: _id, ...content } = anEntry()
const mark = content.changes[0]
const reads = (over: Record<string, unknown>) => parseEntry({ ...anEntry(), ...over }) !== null
const withChange = (over: Record<string, unknown>) => reads({ changes: [{ ...mark, ...over }] })

describe('the id', () => {
  test('is the hash of the content: an entry reads back as it was', () => {
    const entry = sealEntry(content)
    expect(readEntry(JSON.parse(JSON.stringify(entry)))).toEqual({ is: 'read', entry })
  })
  test.each<[string, Partial<typeof content>]>([
    ['database', { db: 'journal-other-2026' }],
    ['sheet', { sheet: 'lesson:m5:2026-09-17:2' }],
    ['kind', { kind: 'undo' }],
    ['value', { changes: [{ ...must(mark, 'a change'), value: '4' }] }],
    ['base', { changes: [{ ...must(mark, 'a change'), base: ['x'.repeat(43)] }] }],
    ['author', { author: 't2' }],
    ['device', { device: 'd2' }],
    ['number', { n: content.n + 1 }],
    ['time', { made: { ...content.made, contact: null } }],
    ['batch', { batch: 'b1' }],
  ])('another %s is another entry', (_what, over) => {
    expect(idOf({ ...content, ...over })).not.toBe(idOf(content))
    expect(readEntry({ ...content, ...over, id: idOf(content) })).toEqual({
      is: 'refused',
      why: 'id-mismatch',
    })
  })
  test('does not depend on the order of keys, nor on a batch that is not there', () => {
    const backwards = Object.fromEntries(Object.entries(content).reverse()) as typeof content
    expect(idOf(backwards)).toBe(idOf(content))
    expect(sealEntry({ ...content, batch: undefined })).toEqual(sealEntry(content))
    expect(Object.keys(sealEntry({ ...content, batch: undefined }))).not.toContain('batch')
  })
  test('L1 is the same for a text and its commitment', () => {
    const written = anEntry({ kind: 'set-topic', cell: 'topic', value: { text: 'Дроби', salt } })
    const committed = written.changes.map((change) => ({ ...change, value: commit(change.value) }))
    expect(idOf({ ...written, changes: committed })).toBe(written.id)
  })
})

describe('L1 salted parts', () => {
  const value = { to: 'family', text: { text: 'Молодец', salt } }
  test('a commitment says nothing of the text, and opens with it', () => {
    expect(commit(value)).toEqual({
      to: 'family',
      text: { commitment: expect.stringMatching(/^[\w-]{43}$/) },
    })
    expect(reveal(commit(value), saltedParts(value))).toEqual(value)
    expect(reveal(commit(value), {})).toEqual(commit(value))
  })
  test('every salted part of a value, however deep, lies beside under its own commitment', () => {
    const value = { list: [{ text: 'Раз', salt }, { inner: { text: 'Два', salt } }], plain: ['Три', null, 4] }
    const parts = saltedParts(value)
    expect(Object.values(parts)).toEqual([
      { text: 'Раз', salt },
      { text: 'Два', salt },
    ])
    expect(Object.keys(parts)).toEqual(Object.values(parts).map(hashOf))
    const committed = commit(value)
    expect(committed).toEqual({
      list: [
        { commitment: hashOf({ text: 'Раз', salt }) },
        { inner: { commitment: hashOf({ text: 'Два', salt }) } },
      ],
      plain: ['Три', null, 4],
    })
    expect(reveal(committed, parts)).toEqual(value)
    const [first] = Object.entries(parts)
    expect(reveal(committed, Object.fromEntries([must(first, 'a part')]))).toEqual({
      ...value,
      list: [{ text: 'Раз', salt }, { inner: { commitment: hashOf({ text: 'Два', salt }) } }],
    })
  })
  test('what only looks like one is left as it is', () => {
    for (const value of [{ salt: 5, text: 'x' }, { commitment: 5 }, 'salt', null, true, 5, [['salt']]]) {
      expect(commit(value)).toEqual(value)
      expect(reveal(value, { 5: 'x' })).toEqual(value)
      expect(saltedParts(value)).toEqual({})
    }
  })
  test('a change without any is kept itself, one with some keeps cell and base', () => {
    const plain = { cell: 'mark:answer:s1', value: '5', base: ['x'] }
    expect(commitChange(plain)).toBe(plain)
    expect(commitChange({ cell: 'topic', value: { text: 'Дроби', salt }, base: ['x'] })).toEqual({
      cell: 'topic',
      value: { commitment: hashOf({ text: 'Дроби', salt }) },
      base: ['x'],
    })
  })
  test('another salt is another commitment: short texts cannot be guessed', () => {
    expect(commit({ text: 'Дроби', salt })).not.toEqual(commit({ text: 'Дроби', salt: 'B'.repeat(22) }))
  })
  test('a commitment never opens into what every object has', () => {
    expect(reveal({ commitment: '__proto__' }, {})).toEqual({ commitment: '__proto__' })
    expect(reveal({ commitment: 'constructor' }, {})).toEqual({ commitment: 'constructor' })
  })
})

describe('O4 only what has a shape is read', () => {
  test.each<[string, boolean]>([
    ['an entry', reads({})],
    ['a value of null', withChange({ value: null })],
    ['a batch', reads({ batch: 'b1' })],
    [
      'as many changes as are let in',
      reads(
        sealEntry({
          ...content,
          changes: Array.from({ length: mostChanges }, (_, i) => ({
            cell: `mark:answer:s${i}`,
            value: '5',
            base: [],
          })),
        }) as unknown as Record<string, unknown>,
      ),
    ],
    [
      'as many bases as are let in',
      withChange({ base: Array.from({ length: mostBases }, () => 'x'.repeat(43)) }),
    ],
  ])('%s is', (_what, said) => expect(said).toBe(true))

  test.each<[string, boolean]>([
    ['an unknown key', reads({ colour: 'red' })],
    ['an unknown key in a change', withChange({ colour: 'red' })],
    [
      'an own key __proto__',
      parseEntry(JSON.parse(JSON.stringify(anEntry()).replace('{', '{"__proto__":{"author":"d1"},'))) !==
        null,
    ],
    [
      'a key __proto__ deep in a policy',
      parseEntry(
        JSON.parse(
          JSON.stringify(
            anEntry({
              sheet: 'policy',
              kind: 'keep-directory',
              cell: 'policy:2026-09-01',
              value: { preset: 'p', overrides: { x: { k: 1 } } },
            }),
          ).replace('"k"', '"__proto__"'),
        ),
      ) !== null,
    ],
    ['an unknown kind', reads({ kind: 'set-weather' })],
    ['a cell of another kind', withChange({ cell: 'topic' })],
    ['no changes', reads({ changes: [] })],
    ['a cell named twice', reads({ changes: [mark, mark] })],
    [
      'more changes than are let in',
      reads({
        changes: Array.from({ length: mostChanges + 1 }, (_, i) => ({ ...mark, cell: `mark:answer:s${i}` })),
      }),
    ],
    ['a huge array', reads({ changes: Array.from({ length: 100_000 }, () => 0) })],
    [
      'more bases than are let in',
      withChange({ base: Array.from({ length: mostBases + 1 }, () => 'x'.repeat(43)) }),
    ],
    ['a base that is no id', withChange({ base: ['x'] })],
    ['the number 0', reads({ n: 0 })],
    ['the number −0', reads({ n: -0 })],
    ['half a number', reads({ n: 1.5 })],
    ['a number beyond all', reads({ n: 1e13 })],
    ['a mark that is a number', withChange({ value: 5 })],
    ['an empty mark', withChange({ value: '' })],
    ['half a surrogate pair', withChange({ value: '\ud83c' })],
    ['a Cyrillic letter in an id', reads({ author: 'т1' })],
    ['a line break at the end of an id', reads({ author: 't1\n' })],
    ['an array', parseEntry([anEntry()]) !== null],
    ['null', parseEntry(null) !== null],
    ['a word', parseEntry('set-mark') !== null],
  ])('%s is not', (_what, said) => expect(said).toBe(false))

  test('JSON deeper than a policy can be is not read', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })
    expect(
      parseEntry(
        anEntry({
          sheet: 'policy',
          kind: 'keep-directory',
          cell: 'policy:2026-09-01',
          value: { preset: 'p', overrides: { x: deep(500) as null } },
        }),
      ),
    ).toBeNull()
  })
  test('a text is kept as it was written: Russian, ё and emoji', () => {
    const value = { text: 'Ёлка — «урок» 🎄', salt }
    expect(parseEntry(anEntry({ kind: 'set-topic', cell: 'topic', value }))?.changes[0]?.value).toEqual(value)
  })
})
