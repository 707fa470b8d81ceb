import { Refused } from '../http/errors'
import { makeSignInLine } from './sign-in-line'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A line whose sign-ins take so long (ms) and end one by one. */
function lineOf(ms: number) {
  let clock = 0
  const ends: (() => void)[] = []
  const inLine = makeSignInLine(() => clock)
  return {
    signIn: (isWanted = () => true) =>
      inLine(() => new Promise<void>((resolve) => ends.push(resolve)), isWanted),
    async endOne() {
      clock += ms
      ends.shift()?.()
      await turn()
    },
    running: () => ends.length,
  }
}

function secondsToWait(error: unknown): number {
  return error instanceof Refused ? (error.retryAfterSeconds ?? 0) : 0
}

test('few at a time, and whoever would wait too long is given a later time each', async () => {
  const line = lineOf(100)
  const all = Array.from({ length: 1_000 }, () => line.signIn().then(() => 0, secondsToWait))
  expect(line.running()).toBe(2)
  const away: number[] = []
  for (const answer of all) void answer.then((seconds) => seconds > 0 && away.push(seconds))
  await turn()
  expect(away.length).toBeGreaterThan(800)
  expect(away).toEqual([...away].sort((a, b) => a - b))
  expect(away.at(-1)).toBeGreaterThan(away[0] ?? 0)
  while (line.running() > 0) await line.endOne()
  expect((await Promise.all(all)).filter((seconds) => seconds === 0)).toHaveLength(1_000 - away.length)
})

test('a flood puts nobody off for longer than some minutes, and goes on giving each a time of their own', async () => {
  const line = lineOf(100)
  const all = Array.from({ length: 20_000 }, () => line.signIn().then(() => 0, secondsToWait))
  await turn()
  while (line.running() > 0) await line.endOne()
  const away = (await Promise.all(all)).filter((seconds) => seconds > 0)
  expect(Math.max(...away)).toBeLessThanOrEqual(301)
  expect(new Set(away.slice(-6_000)).size).toBeGreaterThan(200)
})

test('somebody who gave up while they waited costs nothing', async () => {
  const line = lineOf(100)
  const two = [line.signIn(), line.signIn()]
  let isThere = true
  const third = line.signIn(() => isThere)
  isThere = false
  await line.endOne()
  expect(await third).toBeNull()
  await line.endOne()
  await Promise.all(two)
  expect(line.running()).toBe(0)
})

test('a sign-in that fails does not hold up the line', async () => {
  const inLine = makeSignInLine(() => 0)
  const failing = Array.from({ length: 5 }, () =>
    inLine(
      () => Promise.reject(new Error('wrong')),
      () => true,
    ).catch(() => 'failed'),
  )
  expect(await Promise.all(failing)).toEqual(Array.from({ length: 5 }, () => 'failed'))
  expect(
    await inLine(
      async () => 'in',
      () => true,
    ),
  ).toBe('in')
})
