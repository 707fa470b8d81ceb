import { sealEntry, idOf } from './entry'
import { parseEntry } from './kinds/kinds'

const clock = { wall: 1, mono: 1, boot: 'b', jumps: 0 }
const content = {
  db: 'journal-s1-2026',
  sheet: 'lesson:x:2026-09-16:2',
  kind: 'set-mark',
  changes: [{ cell: 'mark:answer:s1', value: '5', base: [] }],
  author: 't1',
  device: 'd1',
  n: 1,
  made: { clock, contact: null },
}
test('the id is the hash of the content', () => {
  const entry = sealEntry(content)
  expect(parseEntry(entry)).toEqual(entry)
  expect(idOf({ ...content, sheet: 'lesson:x:2026-09-16:3' })).not.toBe(entry.id)
})
