import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** The kernel counts CPU time in hundredths of a second. */
const tick = 10

/** CPU time (ms) that a process has used so far, its threads and the kernel's work for it included. Linux only. */
export function cpuOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name, in brackets, and may contain anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tick
}

/** Memory of a process that is really in use (RSS), bytes. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1]) * 1024
}

/**
 * Waits until a process does next to nothing, for a minute at most: what it does for itself (a sweep over what was
 * founded, LevelDB sorting its files) is no cost of what is measured next.
 */
export async function untilIdle(pid: number): Promise<void> {
  const end = performance.now() + 60_000
  for (let before = -Infinity, now = cpuOf(pid); now - before > 2 * tick && performance.now() < end;) {
    before = now
    await pause(1_000)
    now = cpuOf(pid)
  }
}
