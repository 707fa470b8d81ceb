import { RecentChanges } from './recent-changes'

const noted = () => {
  const recent = new RecentChanges()
  recent.note(5, 7, ['a', 'b'])
  recent.note(7, 8, ['a'])
  recent.note(8, 10, ['c', 'd'])
  return recent
}

test('what was written since a bulk is told whole, each id once, up to the last', () => {
  expect(noted().after(5, 100)).toEqual({ ids: ['a', 'b', 'c', 'd'], seq: '10', more: false })
  expect(noted().after(7, 100)).toEqual({ ids: ['a', 'c', 'd'], seq: '10', more: false })
  expect(noted().after(10, 100)).toEqual({ ids: [], seq: '10', more: false })
})

test('a page ends with a bulk, and says that there is more', () => {
  expect(noted().after(5, 3)).toEqual({ ids: ['a', 'b'], seq: '8', more: true })
  expect(noted().after(8, 2)).toEqual({ ids: ['c', 'd'], seq: '10', more: false })
})

test('what it does not know from end to end has to be read', () => {
  expect(noted().after(4, 100)).toBeNull()
  expect(noted().after(6, 100)).toBeNull()
  expect(noted().after(11, 100)).toBeNull()
  expect(noted().after(5, 1)).toBeNull()
  expect(new RecentChanges().after(0, 100)).toBeNull()
})

test('a gap forgets what was before it, and so does a store that was opened again', () => {
  const recent = noted()
  recent.note(12, 13, ['e'])
  expect(recent.after(5, 100)).toBeNull()
  expect(recent.after(12, 100)).toEqual({ ids: ['e'], seq: '13', more: false })
  recent.forget()
  expect(recent.after(12, 100)).toBeNull()
})

test('a bulk that wrote nothing is none, and memory is bounded', () => {
  const recent = new RecentChanges()
  recent.note(3, 3, [])
  expect(recent.after(3, 100)).toBeNull()
  const ids = Array.from({ length: 20_000 }, (_, i) => `id${i}`)
  for (let bulk = 0; bulk < 4; bulk++) recent.note(bulk, bulk + 1, ids)
  expect(recent.after(0, 1e9)).toBeNull()
  expect(recent.after(3, 1e9)?.ids).toHaveLength(20_000)
})
