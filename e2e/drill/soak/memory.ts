import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lineThrough, type Line } from './slope'

const preload = new URL('./tell-memory.mjs', import.meta.url).href

export interface MemorySample {
  /** ms since 1970. */
  at: number
  /** Bytes. */
  rss: number
  heapUsed: number
  external: number
  arrayBuffers: number
  /** ms in which nobody was answered since the sample before, at worst. */
  stall: number
}

/** Settings of a server that tells of its memory into a file beside its data. */
export function tellingMemory(dataDir: string, every: number): Record<string, string> {
  return {
    NODE_OPTIONS: `--expose-gc --import ${preload}`,
    ZVONOK_MEMORY_FILE: join(dataDir, 'memory.jsonl'),
    ZVONOK_MEMORY_EVERY: String(every),
  }
}

export function readMemory(dataDir: string): MemorySample[] {
  const lines = readFileSync(join(dataDir, 'memory.jsonl'), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as MemorySample)
}

/** The longest time (ms) for which the server stood still, as far as these samples tell. */
export function longestStall(samples: readonly MemorySample[]): number {
  return Math.max(0, ...samples.map(({ stall }) => stall))
}

const hour = 3_600_000
const megabyte = 2 ** 20

/** MB an hour, of the samples from `from` (ms since 1970) on. */
export function growth(samples: readonly MemorySample[], kind: 'rss' | 'heapUsed', from: number): Line {
  const later = samples.filter(({ at }) => at >= from)
  return lineThrough(
    later.map((sample) => ({ at: (sample.at - from) / hour, value: sample[kind] / megabyte })),
  )
}
