import { once } from 'node:events'
import { get, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Kind } from 'shared/journal/kinds/kinds'
import { must } from 'shared/plain/must'
import type { Json } from 'shared/plain/json'
import { anEntry, salt } from 'shared/testing/small-school'
import { lessons, smallSchools, type SmallSchools } from './small-schools'
import { readTable } from './table'

const { people, rows } = readTable()
let schools: SmallSchools

beforeAll(async () => {
  schools = await smallSchools()
})
afterAll(() => schools.close())

const text = (said: string): Json => ({ text: said, salt })

/** What a stream has told since it was asked last. */
interface Listening {
  person: string
  news: () => number
  request: ClientRequest
}

async function listen(person: string): Promise<Listening | null> {
  const cookie = await schools.cookieOfColumn(person)
  const request = get(`${schools.url}/api/stream`, { headers: { cookie } })
  const [res] = (await once(request, 'response')) as [IncomingMessage]
  if (res.statusCode !== 200) {
    request.destroy()
    return null
  }
  let told = ''
  res.on('data', (part) => (told += String(part)))
  const news = () => {
    const count = told.split('event: news').length - 1
    told = ''
    return count
  }
  return { person, news, request }
}

describe('P-4 a stream tells whoever sees what changed, and nobody else', () => {
  const changes: Record<string, () => Promise<unknown>> = {
    'after a mark of s1': () => write('own', 't1', lessons.m5, 'set-mark', 'mark:answer:s1', '4'),
    'after a topic in 5А': () => write('own', 't1', lessons.m5, 'set-topic', 'topic', text('ещё')),
    'after a topic in 1Б': () => write('own', 't5', lessons.m1, 'set-topic', 'topic', text('ещё')),
    'after a mark elsewhere': () => write('other', 't1', lessons.m5, 'set-mark', 'mark:answer:s1', '2'),
  }
  test.each(rows.filter(({ route }) => route === 'GET /stream').map((row) => [row.what, row] as const))(
    '%s',
    async (what, row) => {
      const open = await Promise.all(people.map(listen))
      await settle()
      for (const one of open) one?.news()
      await must(changes[what], what)()
      await settle()
      const told = Object.fromEntries(
        people.map((person, i) => [person, (open[i]?.news() ?? 0) > 0 ? 'told' : '-']),
      )
      for (const one of open) one?.request.destroy()
      expect(told).toEqual(row.cells)
    },
  )
})

async function write(
  school: 'own' | 'other',
  author: string,
  sheet: string,
  kind: Kind,
  cell: string,
  value: Json,
): Promise<void> {
  const journal = schools.journals[school]
  const { entries } = must(await journal.history(sheet, cell, author), 'a history')
  const entry = anEntry({
    db: journal.db,
    author,
    sheet,
    kind,
    cell,
    value,
    base: entries.slice(-1).map(({ id }) => id),
  })
  const [receipt] = (await journal.push({ entries: [entry] }, author)).receipts
  expect(receipt?.admission).toEqual({ is: 'in' })
}

// News gather for a quarter of a second of the schools' clock, and then travel over real sockets.
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await schools.clock.pass(300)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
