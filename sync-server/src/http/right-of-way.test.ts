import { makeRightOfWay } from './right-of-way'

function held() {
  let release = () => {}
  const until = new Promise<void>((resolve) => (release = resolve))
  return { work: () => until, release: () => release() }
}

test('long work goes on at once where nobody goes first', async () => {
  await expect(makeRightOfWay().giveWay()).resolves.toBeUndefined()
})

test('long work waits for what goes first, one after another, and comes however long that takes', async () => {
  const way = makeRightOfWay()
  const push = held()
  const pushing = way.first(push.work)
  const order: string[] = []
  const portions = ['a', 'b'].map((name) => way.giveWay().then(() => order.push(name)))
  await new Promise((resolve) => setImmediate(resolve))
  expect(order).toEqual([])
  push.release()
  await pushing
  await Promise.all(portions)
  expect(order).toEqual(['a', 'b'])

  const endless = held()
  const never = way.first(endless.work)
  await way.giveWay()
  endless.release()
  await never
})

test('a push that fails no longer goes first', async () => {
  const way = makeRightOfWay()
  await expect(way.first(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(way.giveWay()).resolves.toBeUndefined()
})
