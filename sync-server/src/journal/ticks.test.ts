import { openTicks } from './ticks'

function place() {
  const locals = new Map<string, object>()
  const clock = { now: 1_000_000, elapsed: 0 }
  const counts = { written: 0 }
  const store = {
    local: async <V extends object>(id: string) => (locals.get(id) as V | undefined) ?? null,
    setLocal: async <V extends object>(id: string, value: V) => {
      counts.written++
      locals.set(id, value)
    },
  }
  const open = () =>
    openTicks(
      store,
      () => clock.now,
      () => clock.elapsed,
    )
  const pass = (ms: number) => {
    clock.now += ms
    clock.elapsed += ms
  }
  return { clock, counts, open, pass, locals }
}

test('P-2 numbers only grow: many at once, a clock set back, restarts, one after the other', async () => {
  const { clock, open } = place()
  const seen: number[] = []
  for (const shift of [0, -500_000, 10, -3_600_000, 1]) {
    const ticks = await open()
    seen.push(...(await Promise.all(Array.from({ length: 50 }, () => ticks.next()))))
    clock.now += shift
    seen.push(await ticks.next())
  }
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
})

test('a number is handed out only after it was reserved, and a reservation serves for many', async () => {
  const { open, counts, locals, pass } = place()
  const ticks = await open()
  const first = await ticks.next()
  expect((locals.get('ticks') as { until: number }).until).toBeGreaterThanOrEqual(first)
  for (let i = 0; i < 200; i++) {
    pass(100)
    const { until } = locals.get('ticks') as { until: number }
    expect(await ticks.next()).toBeLessThanOrEqual(
      Math.max(until, (locals.get('ticks') as { until: number }).until),
    )
  }
  expect(counts.written).toBeLessThan(5)
})

test('servers beside each other stay within a reservation: no version falls under a floor handed out by another', async () => {
  const { open, pass } = place()
  const servers = [await open(), await open()]
  for (let i = 0; i < 5; i++) servers.push(await open())
  let highestFloor = 0
  for (let i = 0; i < 100; i++) {
    pass(1_000)
    for (const ticks of servers) {
      expect(await ticks.next()).toBeGreaterThan(highestFloor)
      highestFloor = Math.max(highestFloor, ticks.floor())
    }
  }
})

test('P-2 no floor comes up to a write that is under way, however long the store takes', async () => {
  const { open, pass } = place()
  const ticks = await open()
  let written = (): void => {}
  const stored = new Promise<void>((resolve) => (written = resolve))
  const writing = ticks.during(async (tick) => {
    await stored
    return tick
  })
  // Whoever has a number after it has a greater one.
  const version = (await ticks.next()) - 1
  for (let minute = 0; minute < 5; minute++) {
    pass(60_000)
    await ticks.during(async () => {})
    expect(ticks.floor()).toBeLessThan(version)
  }
  written()
  expect(await writing).toBe(version)
  expect(ticks.floor()).toBeGreaterThan(version)
  await expect(ticks.during(() => Promise.reject(new Error('the store is away')))).rejects.toThrow('away')
  pass(60_000)
  await ticks.next()
  pass(60_000)
  await ticks.next()
  pass(60_000)
  expect(ticks.floor()).toBeGreaterThan(version)
})

test('P-2 after a quiet while and a clock set back no version falls under a floor that was handed out', async () => {
  const { open, clock, pass } = place()
  const quiet = await open()
  await quiet.next()
  pass(3_600_000)
  const floors = [quiet.floor(), (await open()).floor()]
  clock.now -= 86_400_000
  const version = await (await open()).next()
  for (const floor of floors) expect(version).toBeGreaterThan(floor)
})

test('P-2 a clock that is put right does not lift the floor over what was written a moment ago', async () => {
  const { open, clock, pass } = place()
  const running = await open()
  for (let i = 0; i < 30; i++) {
    pass(10_000)
    await running.next()
    running.floor()
  }
  const written = await running.next()
  clock.now += 86_400_000
  const restarted = await open()
  for (let i = 0; i < 6; i++) {
    await running.next()
    await restarted.next()
    expect(running.floor()).toBeLessThan(written)
    expect(restarted.floor()).toBeLessThan(written)
    pass(10_000)
  }
  pass(120_000)
  for (const ticks of [running, restarted]) {
    ticks.floor()
    pass(120_000)
    expect(ticks.floor()).toBeGreaterThan(written)
  }
})

test('P-4 the floor rises where nobody writes, and stays where nothing can be reserved', async () => {
  const { open, pass, locals } = place()
  const ticks = await open()
  const written = await ticks.next()
  for (let minute = 0; minute < 4; minute++) {
    pass(60_000)
    ticks.floor()
    await new Promise(setImmediate)
  }
  const floor = ticks.floor()
  expect(floor).toBeGreaterThan(written)
  expect((locals.get('ticks') as { until: number }).until).toBeGreaterThan(floor)
  locals.set = () => {
    throw new Error('the disk is full')
  }
  for (let minute = 0; minute < 10; minute++) {
    pass(60_000)
    ticks.floor()
    await new Promise(setImmediate)
  }
  expect(ticks.floor()).toBeLessThan((locals.get('ticks') as { until: number }).until)
})
