import type { PushReply } from 'shared/wire/push'
import { must } from 'shared/plain/must'
import type { Entry } from 'shared/journal/entry'
import { compare, timed } from './compare'
import { resultOf, type BenchOptions, type Figure } from './figure'
import { lessonOfTeacher, slots, teacherId } from './full-school/cells'
import { foundSchool, schoolDay, type FoundedSchool } from './full-school/found-school'
import { HelperProcess } from './full-school/helper-process'
import { entriesALesson, lessonPush } from './full-school/lesson-entries'
import type { RawBulk } from './full-school/raw-bulk'
import { jsonBody, readJson, Wire, type Ask, type Reply } from './full-school/wire'

const whole = 1_000
/** Fifteen whole storms and their references do not fit in a bench of half an hour. */
const part = 125

interface Storm {
  asks: Ask[]
  entries: Entry[]
}

/** P2: a school's devices come back into the network at once, each with a lesson of forty entries. */
export const storm: Figure = {
  name: 'P2',
  title: `pushes of ${whole} devices × ${entriesALesson} entries at once, against raw bulk writes of as many documents`,
  goal: 1.0,
  async run(options) {
    const lessons = whole + (options.runs + 1) * part
    const classes = Math.ceil(lessons / slots.length)
    const devices = Array.from({ length: lessons }, (_, i) => teacherId(Math.floor(i / slots.length)))
    const school = await foundSchool({ classes, devices, couchdb: options.couchdb })
    const stack = await school.start()
    const http = new Wire(stack.port)
    const raw = new HelperProcess(new URL('full-school/raw-bulk.ts', import.meta.url), {
      args: options.couchdb ? [options.couchdb] : [],
    })
    try {
      return await measure(options, { school, classes, http, raw })
    } finally {
      http.close()
      await raw.end()
      await stack.stop()
      await school.remove()
    }
  },
}

interface Sides {
  school: FoundedSchool
  classes: number
  http: Wire
  raw: HelperProcess
}

async function measure({ runs, couchdb, log }: BenchOptions, sides: Sides) {
  const { school, classes, http, raw } = sides
  let next = 0
  const prepare = (count: number): Storm => {
    const from = next
    next += count
    const pushes = Array.from({ length: count }, (_, i) => lessonOfDevice(school, from + i, classes))
    return {
      asks: pushes.map(({ cookie, body }) => ({
        path: '/api/push',
        cookie,
        body: jsonBody(body),
      })),
      entries: pushes.flatMap(({ body }) => body.entries),
    }
  }
  const ours = (made: Storm) => push(made, http)
  const reference = (made: Storm) => {
    const docs = made.entries.map(({ id, ...entry }) => ({ _id: `entry:${id}`, ...entry }))
    return raw.ask<number>({ docs } satisfies RawBulk)
  }
  let made = prepare(0)
  const preparedFor = (run: number, last: number | null) => {
    if (last !== run) made = prepare(part)
    return run
  }
  let last: number | null = null
  const compared = await compare(
    runs,
    (run) => ((last = preparedFor(run, last)), ours(made)),
    (run) => ((last = preparedFor(run, last)), reference(made)),
  )
  log(`  ${part} devices: ${compared.ratio.toFixed(2)}; now all ${whole}`)
  const full = prepare(whole)
  const fullOurs = await ours(full)
  const fullReference = await reference(full)
  return resultOf(storm, compared, {
    unit: 'ms',
    says:
      `${part} devices × ${entriesALesson} entries at once over HTTP to a server process, each a lesson of its own, against ` +
      `${part * entriesALesson} documents of the entries in bulks of 100 to ${couchdb ? 'CouchDB' : 'the same embedded engine'} ` +
      `in a process of its own; one run of all ${whole} devices beside it. Decided by both.`,
    more: {
      'whole storm ratio': fullOurs / fullReference,
      'whole storm ms': fullOurs,
      'whole reference ms': fullReference,
      'entries a second': (whole * entriesALesson) / (fullOurs / 1000),
      'bytes an entry': Buffer.byteLength(JSON.stringify(full.entries)) / full.entries.length,
    },
    alsoMet: fullOurs / fullReference <= storm.goal,
  })
}

function lessonOfDevice(school: FoundedSchool, at: number, classes: number) {
  const device = must(school.devices[at], 'a device')
  const slot = must(slots[at % slots.length], 'a slot')
  const { sheet, class: k } = lessonOfTeacher(Math.floor(at / slots.length), slot, schoolDay, classes)
  return { cookie: device.cookie, body: lessonPush({ device, sheet, class: k, signer: school.signer }) }
}

/** All at once; how long until the last has its receipts. Each entry must have come in. */
async function push({ asks, entries }: Storm, http: Wire): Promise<number> {
  let replies: Reply[] = []
  const ms = await timed(async () => {
    replies = await Promise.all(asks.map((ask) => http.ask(ask)))
  })
  const admitted = new Set<string>()
  for (const reply of replies) {
    const { receipts } = readJson<PushReply>(reply)
    for (const { entry, admission } of receipts) {
      if (admission.is !== 'in') throw new Error(`${entry}: ${JSON.stringify(admission)}`)
      admitted.add(entry)
    }
  }
  const lost = entries.find(({ id }) => !admitted.has(id))
  if (lost) throw new Error(`no receipt for ${lost.id}`)
  return ms
}
