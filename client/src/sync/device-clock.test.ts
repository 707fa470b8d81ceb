import { deviceClock } from './device-clock'

function aDevice() {
  const kept: { text: string | null } = { text: null }
  const now = { wall: 1_000_000_000, mono: 0 }
  const start = () =>
    deviceClock({
      wall: () => now.wall,
      mono: () => now.mono,
      boot: 'boot',
      memory: { read: () => kept.text, write: (text) => (kept.text = text) },
    })
  const pass = (ms: number) => {
    now.wall += ms
    now.mono += ms
  }
  return { now, start, pass }
}

test('T2 a clock that runs on never jumps, over restarts too', () => {
  const { now, start, pass } = aDevice()
  let clock = start()
  clock.read()
  pass(60_000)
  expect(clock.read().jumps).toBe(0)
  now.mono = 0
  clock = start()
  pass(1000)
  expect(clock.read().jumps).toBe(0)
})

test('T2 a wall clock set back is seen, while the page is open and over a restart', () => {
  const { now, start, pass } = aDevice()
  let clock = start()
  clock.read()
  pass(3_600_000)
  now.wall -= 1_800_000
  expect(clock.read().jumps).toBe(1)
  now.wall -= 3_600_000
  now.mono = 0
  clock = start()
  expect(clock.read().jumps).toBe(2)
})

test('T2 a device that slept has no jump: its monotonic clock may stand still, its wall clock goes on', () => {
  const { now, start } = aDevice()
  const clock = start()
  clock.read()
  now.wall += 8 * 3_600_000
  expect(clock.read().jumps).toBe(0)
})
