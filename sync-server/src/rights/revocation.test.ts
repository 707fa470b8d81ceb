import * as fc from 'fast-check'
import { grace } from 'shared/journal/grace'
import type { ProjectedSheet } from 'shared/journal/project'
import type { PullReply } from 'shared/wire/pull'
import type { Json } from 'shared/plain/json'
import { must } from 'shared/plain/must'
import { anEntry, cellsOfSmallSchool } from 'shared/testing/small-school'
import { lessons, smallSchools, type SmallSchools } from './small-schools'

/** No server judges, or shows, by what it confirmed longer ago (A3), ms. */
const bound = 5_000

type Server = 'url' | 'beside'
type Act =
  | { is: 'office'; what: 'section' | 'duty' | 'guardian' | 'homeroom'; holds: boolean }
  | { is: 'session'; person: Person }
  | { is: 'pull' | 'history' | 'push'; person: Person; at: Server }
  | { is: 'pass'; ms: number }
const watched = ['t1', 't2', 'g1'] as const
type Person = (typeof watched)[number]

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        is: fc.constant('office' as const),
        what: fc.constantFrom('section' as const, 'duty' as const, 'guardian' as const, 'homeroom' as const),
        holds: fc.boolean(),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        is: fc.constantFrom('pull' as const, 'pull' as const, 'history' as const, 'push' as const),
        person: fc.constantFrom(...watched),
        at: fc.constantFrom<Server>('url', 'beside'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constant('pass' as const),
        ms: fc.constantFrom(bound + 1, grace + bound + 1),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ is: fc.constant('session' as const), person: fc.constantFrom(...watched) }),
    },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
)

/** One fact that the office gives and takes, with the moment of the last change. */
class Fact {
  holds = true
  since = Number.NEGATIVE_INFINITY

  set(holds: boolean, now: number): void {
    if (holds !== this.holds) this.since = now
    this.holds = holds
  }
}

/** Somebody's device as far as rights go: what it was given and not told to drop. */
class Device {
  cookie = ''
  checkpoint: string | null = null
  readonly sheets = new Map<string, ProjectedSheet>()
}

/** The schools with somebody in it who is watched, and what is known of their rights. */
class Model {
  readonly facts = { section: new Fact(), duty: new Fact(), guardian: new Fact(), homeroom: new Fact() }
  readonly devices: Record<Person, Device> = { t1: new Device(), t2: new Device(), g1: new Device() }

  constructor(readonly schools: SmallSchools) {}

  /** Whether a person may read, or write on, the mathematics lesson of 5А: yes, no, or not to be told within the bound. */
  may(person: Person, at: Server, isWriting: boolean): boolean | null {
    const { section, duty, guardian, homeroom } = this.facts
    const needed = { t1: [section, duty], t2: [homeroom], g1: [guardian] }[person]
    const now = this.schools.clock.now
    // The server that took the change knows it at once, the other within the bound; a right to write binds after a grace.
    const unsure = (at === 'beside' ? bound : -1) + (isWriting ? grace : 0)
    if (needed.some(({ since }) => now - since <= unsure)) return null
    return needed.every(({ holds }) => holds)
  }
}

const cells = cellsOfSmallSchool
const valueOf = (sheet: string, cell: string) => must(cells[sheet]?.[cell], cell) as { [key: string]: Json }
const changes: Record<
  keyof Model['facts'],
  (holds: boolean) => [sheet: string, cell: string, change: { [key: string]: Json }][]
> = {
  section: (holds) => [['roster:c5a', 'section:m5', { teacher: holds ? 't1' : 't3' }]],
  duty: (holds) => [['staff', 'person:t1', holds ? {} : { to: '2026-09-15' }]],
  // A guardian of children in two classes stands on both families' sheets.
  guardian: (holds) => [
    ['families:c5a', 'guardian:g1', { children: holds ? ['s1', 's9'] : ['s9'] }],
    ['families:c1b', 'guardian:g1', { children: holds ? ['s1', 's9'] : ['s9'] }],
  ],
  homeroom: (holds) => [['roster:c5a', 'class', { homeroom: holds ? 't2' : 't4' }]],
}

async function ask(
  model: Model,
  at: Server,
  person: Person,
  path: string,
  body?: unknown,
): Promise<Response> {
  const { cookie } = model.devices[person]
  return fetch(`${model.schools[at]}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function pull(model: Model, person: Person, at: Server): Promise<void> {
  const device = model.devices[person]
  for (let more = true; more;) {
    const res = await ask(model, at, person, '/pull', { checkpoint: device.checkpoint, limit: 20 })
    const reply = (await res.json()) as PullReply
    for (const sheet of reply.sheets) device.sheets.set(sheet.id, sheet)
    for (const [start, end] of reply.gone) {
      for (const id of device.sheets.keys()) if (id >= start && id <= end) device.sheets.delete(id)
    }
    device.checkpoint = reply.checkpoint
    more = reply.more
  }
}

/** What a person meets at a server, in one word: may they, after all? */
async function meets(model: Model, { is, person, at }: Extract<Act, { at: Server }>): Promise<boolean> {
  switch (is) {
    case 'pull':
      await pull(model, person, at)
      return model.devices[person].sheets.has(lessons.m5)
    case 'history': {
      const { status } = await ask(model, at, person, `/history?sheet=${lessons.m5}&cell=topic`)
      return status === 200
    }
    case 'push': {
      const cell = 'reason:s3'
      const entry = anEntry({ author: person, sheet: lessons.m5, kind: 'set-attendance', cell, value: 'ill' })
      const res = await ask(model, at, person, '/push', { entries: [entry] })
      const { receipts } = (await res.json()) as { receipts: { admission: { is: string } }[] }
      return receipts[0]?.admission.is === 'in'
    }
  }
}

/** Does one act, and says what went against the rights of the moment; null for nothing. */
async function fault(model: Model, act: Act): Promise<string | null> {
  const { schools, facts } = model
  switch (act.is) {
    case 'pass':
      await schools.clock.pass(act.ms)
      return null
    case 'office':
      for (const [sheet, cell, change] of changes[act.what](act.holds))
        await schools.office(sheet, cell, { ...valueOf(sheet, cell), ...change })
      facts[act.what].set(act.holds, schools.clock.now)
      return null
    case 'session': {
      const old = model.devices[act.person].cookie
      await fetch(`${schools.url}/api/session`, { method: 'DELETE', headers: { cookie: old } })
      const { status } = await ask(model, 'url', act.person, '/pull', { checkpoint: null, limit: 1 })
      model.devices[act.person].cookie = await schools.cookieOf(act.person)
      return status === 401 ? null : `${act.person} pulls in an ended session: ${status}`
    }
    default: {
      const { is, person, at } = act
      const may = model.may(person, at, is === 'push')
      const does = await meets(model, act)
      // A family reads its diary and nothing else, whatever the office says.
      const expected = person === 'g1' && is !== 'pull' ? false : may
      return expected === null || does === expected
        ? null
        : `${person} ${is}s at ${at}: ${does}, should be ${expected}`
    }
  }
}

describe('A3 a right that is taken away is gone at once at the server that was told, and 5 s later at every other', () => {
  test('whatever the order of changes, requests and servers', async () => {
    const result = await fc.check(
      fc.asyncProperty(acts, async (sequence) => {
        const schools = await smallSchools()
        try {
          const model = new Model(schools)
          for (const person of watched) model.devices[person].cookie = await schools.cookieOf(person)
          for (const act of sequence) {
            const wrong = await fault(model, act)
            if (wrong !== null) throw new Error(wrong)
          }
        } finally {
          await schools.close()
        }
      }),
      {
        numRuns: Number(process.env['REVOCATION_RUNS'] ?? 12),
        seed: Number(process.env['REVOCATION_SEED'] ?? 20260916),
      },
    )
    const why = result.errorInstance instanceof Error ? result.errorInstance.message : ''
    expect([why, fc.defaultReportMessage(result)]).toEqual(['', undefined])
  }, 300_000)
})

describe('a stream ends with its session', () => {
  test('wherever it was opened: at once here, at the other server when it confirms the session', async () => {
    const schools = await smallSchools()
    try {
      const cookie = await schools.cookieOf('t1')
      const here = await fetch(`${schools.url}/api/stream`, { headers: { cookie } })
      const reader = must(here.body, 'a stream').getReader()
      await reader.read()
      await fetch(`${schools.url}/api/session`, { method: 'DELETE', headers: { cookie } })
      for (;;) if ((await reader.read()).done) break
      const again = await fetch(`${schools.beside}/api/stream`, { headers: { cookie } })
      expect(again.status).toBe(401)
    } finally {
      await schools.close()
    }
  })
})
