import type { PullReply } from 'shared/wire/pull'
import type { ProjectedCell } from 'shared/journal/project'
import type { Kind } from 'shared/journal/kinds/kinds'
import type { Json } from 'shared/plain/json'
import { anEntry, db, salt } from 'shared/testing/small-school'
import { must } from 'shared/plain/must'
import { headers } from 'shared/wire/version'
import { operations } from '../openapi/operations'
import { lessons, otherDb, smallSchools, type SmallSchools } from './small-schools'
import { readTable, type Row } from './table'

const { people, rows } = readTable()
const outsiders = ['nobody', 'ended']
let schools: SmallSchools

beforeAll(async () => {
  schools = await smallSchools()
})
afterAll(() => schools.close())

async function ask(method: string, path: string, cookie: string, body?: unknown): Promise<Response> {
  return fetch(`${schools.url}/api${path}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const text = (said: string): Json => ({ text: said, salt })
const name: Json = { last: 'Новенькая', first: 'Вера', middle: '', salt }
interface Wish {
  sheet: string
  kind: Kind
  cell: string
  value: Json
  author?: string
  db?: string
}
const office = { kind: 'keep-directory' } as const
const wishes: Record<string, Wish> = {
  'topic in 5А': { sheet: lessons.m5, kind: 'set-topic', cell: 'topic', value: text('новая тема') },
  'mark in 5А': { sheet: lessons.m5, kind: 'set-mark', cell: 'mark:answer:s3', value: '4' },
  'reason in 5А': { sheet: lessons.m5, kind: 'set-attendance', cell: 'reason:s3', value: 'ill' },
  'remark in 5А': {
    sheet: lessons.m5,
    kind: 'set-remark',
    cell: 'remark:s3:c',
    value: { to: 'staff', text: text('x') },
  },
  'topic in 1Б': { sheet: lessons.m1, kind: 'set-topic', cell: 'topic', value: text('новая тема') },
  'student into 5А': { ...office, sheet: 'roster:c5a', cell: 'student:s50', value: { name } },
  'guardian into 5А': {
    ...office,
    sheet: 'families:c5a',
    cell: 'guardian:g50',
    value: { name, children: [] },
  },
  'lesson into the timetable': {
    ...office,
    sheet: 'timetable:c5a',
    cell: 'week:m5-5-3',
    value: { section: 'm5', weekday: 5, slot: 3, room: '1', from: '2026-12-01', to: null },
  },
  'colleague into the staff': {
    ...office,
    sheet: 'staff',
    cell: 'person:t50',
    value: { name, roles: ['teacher'] },
  },
  holidays: { ...office, sheet: 'calendar', cell: 'holidays', value: [{ date: '2026-11-04', name: 'День' }] },
  policy: {
    ...office,
    sheet: 'policy',
    cell: 'policy:2026-12-01',
    value: { preset: 'product-default', overrides: {} },
  },
  'in another’s name': {
    sheet: lessons.e5b,
    kind: 'set-topic',
    cell: 'topic',
    value: text('x'),
    author: 't4',
  },
  'into another school': {
    sheet: lessons.m5,
    kind: 'set-topic',
    cell: 'topic',
    value: text('x'),
    db: otherDb,
  },
}

/** Where a thing is that somebody may pull, and what in it is only for staff. */
const things: Record<string, { sheet: string; cell: string }> = {
  'topic in 5А': { sheet: lessons.m5, cell: 'topic' },
  'mark of s1': { sheet: lessons.m5, cell: 'mark:answer:s1' },
  'mark of s2': { sheet: lessons.m5, cell: 'mark:answer:s2' },
  'remark for staff on s1': { sheet: lessons.m5, cell: 'remark:s1:a' },
  'remark for the family of s2': { sheet: lessons.m5, cell: 'remark:s2:b' },
  'topic in group 1': { sheet: lessons.e5a, cell: 'topic' },
  'topic in group 2': { sheet: lessons.e5b, cell: 'topic' },
  'topic in 1Б': { sheet: lessons.m1, cell: 'topic' },
  'name of s1': { sheet: 'roster:c5a', cell: 'student:s1' },
  'name of s2': { sheet: 'roster:c5a', cell: 'student:s2' },
  'name of s9': { sheet: 'roster:c1b', cell: 'student:s9' },
  'guardian g1 in 5А': { sheet: 'families:c5a', cell: 'guardian:g1' },
  'guardian g2 in 5А': { sheet: 'families:c5a', cell: 'guardian:g2' },
  'timetable of 5А': { sheet: 'timetable:c5a', cell: 'week:m5-1-2' },
  'timetable of 1Б': { sheet: 'timetable:c1b', cell: 'week:m1-1-1' },
  staff: { sheet: 'staff', cell: 'person:t1' },
  policy: { sheet: 'policy', cell: 'policy:2026-09-01' },
}

/** Everything a person is sent, sections opened as those may who read on request (P-5); null where nobody is let in. */
async function pullAll(cookie: string): Promise<PullReply['sheets'] | null> {
  const sheets: PullReply['sheets'] = []
  for (let checkpoint: string | null = null; ;) {
    const res = await ask('POST', '/pull', cookie, { checkpoint, limit: 7, open: ['m5', 'e5a', 'e5b', 'm1'] })
    if (res.status !== 200) return null
    const reply = (await res.json()) as PullReply
    sheets.push(...reply.sheets)
    checkpoint = reply.checkpoint
    if (!reply.more) return sheets
  }
}

function seen(cell: ProjectedCell | undefined): string {
  if (!cell) return '-'
  return cell.heads ? 'all' : 'own'
}

async function pushed(person: string, cookie: string, what: string): Promise<string> {
  const { sheet, kind, cell, value, author = person, db: to = db } = must(wishes[what], what)
  // Made now, and provably so: what somebody made while they had a right is another matter (ACC-26).
  const { headers: told } = await ask('GET', '/health', cookie)
  const clock = { wall: schools.clock.now, mono: 1, boot: 'boot', jumps: 0 }
  const contact = { time: Number(told.get(headers.time)), token: told.get(headers.token) ?? '', clock }
  const entry = anEntry({ sheet, kind, cell, value, author, db: to, made: { clock, contact } })
  const res = await ask('POST', '/push', cookie, { entries: [entry] })
  if (res.status !== 200) return String(res.status)
  const { receipts } = (await res.json()) as { receipts: { admission: { is: string } }[] }
  const is = receipts[0]?.admission.is ?? ''
  return is === 'waiting' ? 'wait' : is
}

async function endsSession(cookie: string, what: string): Promise<string> {
  const theirs =
    what === 'own' ? cookie : await schools.cookieOf('t4', what === 'of a colleague' ? 'own' : 'other')
  const { session } = (await (await ask('GET', '/session', theirs)).json()) as { session?: string }
  const { status } = await ask('DELETE', `/sessions/${session ?? 'A'.repeat(43)}`, cookie)
  const after = (await ask('GET', '/session', theirs)).status
  if (what !== 'own') expect(after).toBe(200)
  return String(status)
}

/** What a person is answered, in the table's words. */
async function answer({ route, what }: Row, person: string): Promise<string> {
  const cookie = await schools.cookieOfColumn(person)
  const [method = '', path = ''] = route.split(' ')
  switch (route) {
    case 'POST /push':
      return pushed(person, cookie, what)
    case 'POST /pull': {
      const sheets = (await pullAll(cookie)) ?? []
      const all = JSON.stringify(sheets)
      if (what === 'of another school') return all.includes('там') ? 'all' : '-'
      const { sheet, cell } = must(things[what], what)
      return seen(sheets.find(({ id }) => id === sheet)?.cells[cell])
    }
    case 'GET /history': {
      const { sheet, cell } = must(things[what], what)
      const res = await ask('GET', `/history?${new URLSearchParams({ sheet, cell }).toString()}`, cookie)
      const said = await res.text()
      const { entries = [] } = JSON.parse(said) as { entries?: unknown[] }
      if (said.includes('там')) return 'of another school'
      return res.status === 200 && entries.length === 0 ? 'nothing' : String(res.status)
    }
    case 'DELETE /sessions/:id':
      return endsSession(cookie, what)
    case 'POST /session':
      return status(
        ask('POST', path, cookie, { login: person, password: 'wrong', device: { id: 'd', name: '' } }),
      )
    case 'POST /password':
      return status(ask('POST', path, cookie, { old: 'x', new: 'short' }))
    case 'POST /set-up':
      return status(ask('POST', path, cookie, foundingWish))
    default:
      return status(ask(method, path, cookie))
  }
}

const foundingWish = {
  code: 'x',
  school: { id: 'x', name: 'x', short: 'x', zone: 'Europe/Moscow' },
  year: 2026,
  name: { last: 'x', first: '', middle: '' },
  login: 'somebody',
  password: 'x',
}

async function status(asked: Promise<Response>): Promise<string> {
  return String((await asked).status)
}

describe('R9 every route × everybody × own class, other class, other school', () => {
  test('no route is missing from the table, and none is in it that is not there', () => {
    const named = new Set(rows.map(({ route }) => route))
    expect([...named].sort()).toEqual(
      operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort(),
    )
  })

  const asked = rows.filter(({ route }) => route !== 'GET /stream')
  // What people write changes what others read, so reading comes first.
  const [writing, reading] = [asked.filter(isWriting), asked.filter((row) => !isWriting(row))]
  test.each([...reading, ...writing].map((row) => [`${row.route} ${row.what}`.trim(), row] as const))(
    '%s',
    async (_name, row) => {
      const said: Record<string, string> = {}
      for (const person of people) said[person] = await answer(row, person)
      expect(said).toEqual(row.cells)
    },
  )

  test('those who are not let in are told so, and brought nothing', async () => {
    for (const [person, expected] of [
      ['nobody', 401],
      ['ended', 401],
      ['issued', 403],
    ] as const) {
      const cookie = await schools.cookieOfColumn(person)
      expect((await ask('POST', '/pull', cookie, { checkpoint: null, limit: 7 })).status).toBe(expected)
      expect((await ask('GET', '/stream', cookie)).status).toBe(expected)
    }
    expect(outsiders).toEqual(people.slice(0, 2))
  })
})

function isWriting({ route }: Row): boolean {
  return route === 'POST /push'
}
