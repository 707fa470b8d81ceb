import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sealEntry, type Entry } from 'shared/journal/entry'
import type { Json } from 'shared/plain/json'
import { must } from 'shared/plain/must'
import { anEntry, cellsOfSmallSchool, db, salt } from 'shared/testing/small-school'
import { makeAccounts } from '../accounts/accounts'
import type { AccountsDocument } from '../accounts/documents'
import type { PasswordHasher } from '../accounts/password-hash'
import { makeApp } from '../app'
import { openJournal, type OpenJournal } from '../journal/open-journal'
import { foundingEntries, makeTestClock, type TestClock } from '../journal/small-journal'
import { makeSigner, newPrivateKey } from '../journal/signer'
import { makeSessions } from '../session/sessions'
import { makeMemoryStores } from '../store/memory'

const noLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
export const otherDb = 'journal-other-2026'
const password = 'Ёлка-и-шишки-7'
// Rights are asked here, not passwords: those have tests of their own, at their own price.
const plainHasher: PasswordHasher = {
  hash: async (given) => given,
  matches: async (stored, given) => stored === given,
}

/** Lessons on the day: mathematics and the two English groups of 5А, mathematics of 1Б. */
export const lessons = {
  m5: 'lesson:m5:2026-09-16:2',
  e5a: 'lesson:e5a:2026-09-16:1',
  e5b: 'lesson:e5b:2026-09-16:1',
  m1: 'lesson:m1:2026-09-16:1',
}

export interface SmallSchools {
  url: string
  /** A second server over the same store: what the first one does it learns of by itself (A3). */
  beside: string
  clock: TestClock
  /** The small school, and another on the same server whose every id is the same. */
  journals: { own: OpenJournal; other: OpenJournal }
  /** The cookie of a fresh session of somebody of the small school, or of the other one. */
  cookieOf(person: string, school?: 'own' | 'other'): Promise<string>
  /** The same for a column of the table: `nobody` has none, that of `ended` is over. */
  cookieOfColumn(person: string): Promise<string>
  /** The office sets a cell on top of what stands there. */
  office(sheet: string, cell: string, value: Json): Promise<void>
  close(): Promise<void>
}

const gone = {
  name: { last: 'Ушедшая', first: 'Алла', middle: '', salt },
  roles: ['teacher'],
  to: '2026-09-10',
}
const heldBack = { name: { last: 'Новая', first: 'Яна', middle: '', salt }, roles: ['teacher'] }
const staffChanges = { staff: { 'person:gone': gone, 'person:issued': heldBack } }

/** Two schools with the same ids on one listening server; what one of them writes says «здесь», the other «там». */
export async function smallSchools(): Promise<SmallSchools> {
  const stores = makeMemoryStores()
  const store = await stores.open<AccountsDocument>('accounts')
  await store.ensure()
  const clock = makeTestClock()
  const now = () => clock.now
  const signer = makeSigner(newPrivateKey())
  const open = (name: string) =>
    openJournal({
      stores,
      db: name,
      signer,
      now,
      elapsed: now,
      random: Math.random,
      schedule: clock.schedule,
      log: noLog,
    })
  const [own, other] = [await open(db), await open(otherDb)]
  await own.found(foundingEntries(staffChanges))
  await other.found(
    foundingEntries(staffChanges).map(({ entry, received }) => ({
      entry: sealEntry({ ...entry, db: otherDb }),
      received,
    })),
  )
  await fill(own, 'здесь')
  await fill(other, 'там')

  const accounts = makeAccounts(store, plainHasher, now)
  const people = [...Object.keys(cellsOfSmallSchool['staff'] ?? {}), 'person:gone', 'person:issued']
    .map((cell) => cell.slice('person:'.length))
    .concat('s1', 'g1', 'g2')
  for (const person of people) {
    await accounts.create({ login: person, password, person, db, issued: person === 'issued' })
    await accounts.create({ login: `other-${person}`, password, person, db: otherDb, issued: false })
  }
  const serve = async (schools: { own: OpenJournal; other: OpenJournal }) => {
    const { app, endStreams } = makeApp({
      accounts: store,
      journals: {
        get: async (name) => (name === db ? schools.own : name === otherDb ? schools.other : null),
        list: async () => [db, otherDb],
        isSchool: async () => true,
      },
      signer,
      hasher: plainHasher,
      now,
      random: randomBytes,
      log: noLog,
      version: '0.1.0',
      epoch: () => '',
      setUp: null,
      trustProxy: false,
      client: null,
    })
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const stop = async () => {
      endStreams()
      server.close()
      server.closeAllConnections()
      await Promise.all([schools.own.close(), schools.other.close()])
    }
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
  }
  const sides = [
    await serve({ own, other }),
    await serve({ own: await open(db), other: await open(otherDb) }),
  ]
  const [here, beside] = sides.map(({ url }) => url)
  const sessions = makeSessions({ store, now, random: randomBytes })

  async function cookieOf(person: string, school: 'own' | 'other' = 'own'): Promise<string> {
    const login = school === 'own' ? person : `other-${person}`
    const account = must(await accounts.find(login), login)
    const { token } = await sessions.open(account, { id: 'tablet1', name: 'Планшет' })
    return `zvonok=${token}`
  }

  return {
    url: must(here, 'a server'),
    beside: must(beside, 'a second server'),
    clock,
    journals: { own, other },
    cookieOf,
    async cookieOfColumn(person) {
      if (person === 'nobody') return ''
      const cookie = await cookieOf(person === 'ended' ? 't1' : person)
      if (person === 'ended') await fetch(`${here}/api/session`, { method: 'DELETE', headers: { cookie } })
      return cookie
    },
    async office(sheet, cell, value) {
      const { entries } = must(await own.history(sheet, cell, 'a1'), 'the office’s own history')
      const base = entries.slice(-1).map(({ id }) => id)
      await send(own, anEntry({ sheet, kind: 'keep-directory', author: 'a1', cell, value, base }))
    },
    async close() {
      for (const { stop } of sides) await stop()
    },
  }
}

async function fill(journal: OpenJournal, where: string): Promise<void> {
  const text = (said: string) => ({ text: `${said} ${where}`, salt })
  const entries = [
    { author: 't1', sheet: lessons.m5, kind: 'set-topic', cell: 'topic', value: text('дроби') },
    { author: 't1', sheet: lessons.m5, kind: 'set-mark', cell: 'mark:answer:s1', value: '5' },
    { author: 't1', sheet: lessons.m5, kind: 'set-mark', cell: 'mark:answer:s2', value: '3' },
    {
      author: 't1',
      sheet: lessons.m5,
      kind: 'set-remark',
      cell: 'remark:s1:a',
      value: { to: 'staff', text: text('учителям о s1') },
    },
    {
      author: 't1',
      sheet: lessons.m5,
      kind: 'set-remark',
      cell: 'remark:s2:b',
      value: { to: 'family', text: text('семье s2') },
    },
    { author: 't3', sheet: lessons.e5a, kind: 'set-topic', cell: 'topic', value: text('alphabet') },
    { author: 't4', sheet: lessons.e5b, kind: 'set-topic', cell: 'topic', value: text('numbers') },
    { author: 't5', sheet: lessons.m1, kind: 'set-topic', cell: 'topic', value: text('счёт') },
  ] as const
  for (const entry of entries) await send(journal, anEntry({ ...entry, db: journal.db }))
}

async function send(journal: OpenJournal, entry: Entry): Promise<void> {
  const [receipt] = (await journal.push({ entries: [entry] }, entry.author)).receipts
  if (receipt?.admission.is !== 'in') throw new Error(`not admitted: ${JSON.stringify([entry, receipt])}`)
}
