import type { DeviceClock } from './ports'

export interface ClockSource {
  /** ms since 1970, as the device's calendar has it: anybody can set it. */
  wall(): number
  /** ms since this page was loaded: nobody can set it. */
  mono(): number
  /** Names this page load, the life of `mono`. */
  boot: string
  /** Kept over page loads: the last wall time, and how often it had gone back. */
  memory: { read(): string | null; write(text: string): void }
}

/** Two readings of the wall clock may differ by its own small corrections; more is somebody setting it back. */
const slack = 2000

/** The device's clocks, and how often the wall clock was ever seen to go back (T2). */
export function deviceClock({ wall, mono, boot, memory }: ClockSource): DeviceClock {
  let [lastWall, jumps] = parse(memory.read())
  let lastMono: number | null = null

  return {
    read() {
      const now = { wall: Math.round(wall()), mono: mono() }
      // Within a page the wall clock must have moved at least as far as the other one.
      const least = lastMono === null ? lastWall : lastWall + (now.mono - lastMono)
      if (now.wall < least - slack) jumps += 1
      lastWall = now.wall
      lastMono = now.mono
      memory.write(`${lastWall} ${jumps}`)
      return { ...now, boot, jumps }
    },
  }
}

function parse(text: string | null): [number, number] {
  const [wall = 0, jumps = 0] = (text ?? '').split(' ').map(Number)
  return [Number.isFinite(wall) ? wall : 0, Number.isFinite(jumps) ? jumps : 0]
}

/** The browser's clocks. Only two numbers are kept outside the sealed store. */
export function browserClock(): DeviceClock {
  const key = 'zvonok-clock'
  let latest: string | null = null
  // After the tap that asked: what is lost with a page that dies at that very moment is seen again at the next start.
  const keep = () => {
    try {
      if (latest !== null) localStorage.setItem(key, latest)
    } catch {
      // A full device: a jump over the next start goes unseen, and the server sees the offset for itself.
    }
    latest = null
  }
  return deviceClock({
    wall: () => Date.now(),
    mono: () => performance.now(),
    boot: crypto.randomUUID(),
    memory: {
      read: () => localStorage.getItem(key),
      write(text) {
        if (latest === null) setTimeout(keep)
        latest = text
      },
    },
  })
}
