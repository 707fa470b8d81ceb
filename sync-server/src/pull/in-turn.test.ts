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
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((n) => inTurn(piece(n))))
  expect(most).toBe(2)
  expect(done).toEqual([0, 1, 2, 3, 4, 5])
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(await inTurn(piece(6))).toBe(6)
})
