import { setTimeout as pause } from 'node:timers/promises'
import type { PullReply } from 'shared/wire/pull'
import { compare, timed, type Compared } from './compare'
import type { BenchOptions, Figure, Result } from './figure'
import { teacherId } from './full-school/cells'
import { measuredTeacher } from './full-school/lesson-sheets'
import { untilIdle } from './full-school/process-cost'
import { classesFor, SizedSchool } from './full-school/school-of-size'
import { pullAll } from './full-school/sync'
import { jsonBody } from './full-school/wire'

/** Contacts a run, each of a device of its own: what a server keeps of a device for seconds is no help to the next. */
const contacts = 100
/** How often a device comes again, ms, until a checkpoint carries nothing of the founding (P-4); and how often at most. */
const comes = 10_000
const times = 20
const goal = 2
/** How much more a sync may take at the largest size than at the smallest: what two runs of the same differ by. */
const flat = 1.15

/** P4: what a device asks every minute when nothing has happened. */
export const nothingNew: Figure = {
  name: 'P4',
  title: 'a sync that brings nothing new, against GET /api/health on the same connection',
  goal,
  async run(options) {
    const sizes = [10_000, 100_000, ...(options.long ? [1_000_000] : [])]
    const measured: { size: number; compared: Compared }[] = []
    for (const size of sizes) {
      const compared = await ofSize(size, options)
      options.log(`  ${size} sheets: ${compared.ratio.toFixed(2)}, ${compared.ours.toFixed(2)} ms`)
      measured.push({ size, compared })
    }
    return resultOfSizes(measured)
  },
}

async function ofSize(size: number, { runs, couchdb }: BenchOptions): Promise<Compared> {
  const devices = Array.from({ length: contacts * (runs + 1) }, () => teacherId(measuredTeacher))
  const school = await SizedSchool.start(classesFor(size), devices, couchdb)
  try {
    const first = school.device(0)
    const newest = await school.push(first)
    const checkpoint = await settledCheckpoint(school, first.cookie)
    const body = jsonBody({ checkpoint, limit: 200, newest })
    const pull = async (at: number) => {
      const { cookie } = school.device(at)
      const reply = await school.wire.json<PullReply>({ path: '/api/pull', cookie, body })
      if (reply.sheets.length > 0 || reply.more) throw new Error('there was something new')
    }
    // Every device was here before, as each is every minute: longer ago than a session stays confirmed.
    for (let at = 0; at < contacts * (runs + 1); at++) await pull(at)
    await pause(6_000)
    await untilIdle(school.pid)
    return await compare(
      runs,
      (run) =>
        timed(async () => {
          for (let at = 0; at < contacts; at++) await pull((run + 1) * contacts + at)
        }).then((ms) => ms / contacts),
      () =>
        timed(async () => {
          for (let at = 0; at < contacts; at++) await school.wire.ask({ method: 'GET', path: '/api/health' })
        }).then((ms) => ms / contacts),
    )
  } finally {
    await school.stop()
  }
}

// No school was founded a minute ago: as a device goes on, its checkpoint says nothing of the founding any more.
async function settledCheckpoint({ wire }: SizedSchool, cookie: string): Promise<string> {
  let { checkpoint } = await pullAll(wire, cookie)
  for (let time = 0; time < times && saysOfFounding(checkpoint); time++) {
    await pause(comes)
    ;({ checkpoint } = await pullAll(wire, cookie, { checkpoint }))
  }
  return checkpoint
}

function saysOfFounding(checkpoint: string): boolean {
  const [text = ''] = checkpoint.split('.')
  const { recent } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { recent: string }
  return recent !== ''
}

function resultOfSizes(measured: { size: number; compared: Compared }[]): Result {
  const worst = measured.reduce((a, b) => (b.compared.ratio > a.compared.ratio ? b : a))
  const [smallest, largest] = [measured[0], measured.at(-1)]
  const growth = (largest?.compared.ours ?? Number.NaN) / (smallest?.compared.ours ?? Number.NaN)
  return {
    ...worst.compared,
    goal,
    met: worst.compared.ratio <= goal && growth <= flat,
    unit: 'ms',
    says:
      'One pull with a checkpoint and the newest receipt, each by a device whose last contact was seconds before, against ' +
      `GET /api/health; the worse of the sizes. Flat: the largest takes at most ${flat} times the smallest.`,
    more: {
      'largest by smallest': growth,
      ...Object.fromEntries(
        measured.flatMap(({ size, compared }) => [
          [`ratio at ${size}`, compared.ratio],
          [`ms at ${size}`, compared.ours],
        ]),
      ),
    },
  }
}
