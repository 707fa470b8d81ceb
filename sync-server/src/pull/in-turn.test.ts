import { makeLine } from './in-turn'

const moment = () => new Promise<void>((resolve) => setImmediate(resolve))

test('so many at once, each in its order, and one that fails does not hold up the line', async () => {
  const inTurn = makeLine(2)
  const done: number[] = []
  let [running, most] = [0, 0]
  const piece = (n: number) => async () => {
    most = Math.max(most, ++running)
    await moment()
    running--
    done.push(n)
    if (n === 1) throw new Error('broken')
    return n
  }
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((n) => inTurn(`t${n}`, piece(n))))
  expect(most).toBe(2)
  expect(done).toEqual([0, 1, 2, 3, 4, 5])
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(await inTurn('t6', piece(6))).toBe(6)
})

test('who asks for a hundred things at once has no more turns than the others', async () => {
  const inTurn = makeLine(1)
  const done: string[] = []
  const piece = (name: string) => inTurn(name, async () => void done.push(name))
  const flood = Array.from({ length: 100 }, () => piece('flood'))
  await Promise.all(['a', 'b', 'c'].map(piece))
  expect(done.filter((name) => name === 'flood').length).toBeLessThanOrEqual(3)
  await Promise.all([...flood, piece('d')])
  expect(done).toHaveLength(104)
})
