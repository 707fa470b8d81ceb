import { setTimeout as pause } from 'node:timers/promises'
import { compare } from './compare'
import { resultOf, type Figure } from './figure'
import { teacherId } from './full-school/cells'
import { foundSchool, type FoundedSchool } from './full-school/found-school'
import { HelperProcess } from './full-school/helper-process'
import { memoryOf } from './full-school/process-cost'
import { Streams } from './full-school/streams'

const streams = 1_000
/** Open before the count begins: what a server loads and compiles for its first streams is not theirs. */
const warm = 100
const classes = 125
const settling = 1_000
const collecting = new URL('full-school/collect-on-signal.mjs', import.meta.url).href

/** P10: a thousand open streams are a thousand tablets on the desk. */
export const memoryOfStreams: Figure = {
  name: 'P10',
  title: `memory for each of ${streams} open streams, against a bare Node loop`,
  goal: 2,
  async run({ runs, couchdb }) {
    const devices = Array.from({ length: warm + streams }, (_, i) => teacherId(i % classes))
    const school = await foundSchool({ classes, devices, couchdb })
    try {
      const cookies = school.devices.map(({ cookie }) => cookie)
      const compared = await compare(
        runs,
        () => ofServer(school, cookies),
        () => ofLoop(cookies),
      )
      return resultOf(memoryOfStreams, compared, {
        unit: 'bytes',
        says:
          `RSS of a server process with ${warm + streams} streams of ${classes} teachers less the same with ${warm}, divided ` +
          'by their difference, garbage collected; the reference is a set of responses in a Node process of its own. A new process each run.',
      })
    } finally {
      await school.remove()
    }
  },
}

async function ofServer(school: FoundedSchool, cookies: readonly string[]): Promise<number> {
  const stack = await school.start({ NODE_OPTIONS: `--import ${collecting}` })
  try {
    return await perStream(stack.pid ?? 0, new Streams(stack.port, '/api/stream'), cookies)
  } finally {
    await stack.kill()
  }
}

async function ofLoop(cookies: readonly string[]): Promise<number> {
  const loop = new HelperProcess(new URL('full-school/sse-loop.ts', import.meta.url), {
    imports: [collecting],
  })
  try {
    const port = await loop.ask<number>('listen')
    return await perStream(loop.pid, new Streams(port, '/'), cookies)
  } finally {
    await loop.end()
  }
}

async function perStream(pid: number, open: Streams, cookies: readonly string[]): Promise<number> {
  try {
    await open.open(cookies.slice(0, warm))
    const before = await heldBy(pid)
    await open.open(cookies.slice(warm))
    return ((await heldBy(pid)) - before) / (cookies.length - warm)
  } finally {
    open.close()
  }
}

/** What a process holds, its garbage collected: how much of that lies about is a matter of the moment. */
async function heldBy(pid: number): Promise<number> {
  await pause(settling)
  process.kill(pid, 'SIGUSR2')
  await pause(settling)
  return memoryOf(pid)
}
