import { timingSafeEqual } from 'node:crypto'
import { sealEntry } from 'shared/journal/entry'
import { hashOf } from 'shared/plain/hash'
import type { Json } from 'shared/plain/json'
import type { SetUpWish } from 'shared/wire/set-up'
import { forbidden } from '../http/errors'
import type { Founded } from '../journal/port'
import { NotAllowed } from '../store/store'
import type { Accounts } from './accounts'
import { plainLogin } from './documents'

/** The once-only founding of a school in an empty store. */
export interface SetUp {
  readonly code: string
  isOpen(): Promise<boolean>
  isCode(code: string): boolean
  /** The name of the database founded. */
  found(wish: SetUpWish): Promise<string>
}

export interface SetUpDeps {
  accounts: Accounts
  hasSchool: () => Promise<boolean>
  /** Makes the database where there is none yet. */
  ensure: (db: string) => Promise<void>
  foundJournal: (db: string, entries: Iterable<Founded>) => Promise<void>
  now: () => number
  random: (bytes: number) => Buffer
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export function makeSetUp({ accounts, hasSchool, ensure, foundJournal, now, random }: SetUpDeps): SetUp {
  // 12 of 32 letters: 60 bits. Nobody guesses it through the throttle before the administrator types it in.
  const code = [...random(12)]
    .map((byte) => letters[byte % letters.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')
  let founding = false

  async function makeAdministrator(
    { login, password }: SetUpWish,
    db: string,
    person: string,
  ): Promise<void> {
    if (await accounts.create({ login, password, person, db, issued: false })) return
    if ((await accounts.find(login))?.person !== person) throw forbidden('The login is taken.')
    await accounts.setPassword(login, password)
  }

  async function ensureAllowed(db: string): Promise<void> {
    try {
      await ensure(db)
    } catch (error) {
      if (error instanceof NotAllowed) throw forbidden(`${db} is not ready: ${error.message}`)
      throw error
    }
  }

  return {
    code,
    isOpen: async () => !(await hasSchool()),
    isCode: (given) => {
      const [a, b] = [plainCode(given), plainCode(code)].map((text) => Buffer.from(text))
      return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b)
    },
    async found(wish) {
      if (founding) throw forbidden('The school is being founded.')
      founding = true
      try {
        const db = `journal-${wish.school.id}-${wish.year}`
        // Follows from the wish: founding that broke off half-way finds its account again.
        const person = `a${hashOf({ db, login: plainLogin(wish.login) }).slice(0, 16)}`
        // Before the sign-in: where the database cannot be made, the login stays free for another name of the school.
        await ensureAllowed(db)
        await makeAdministrator(wish, db, person)
        await foundJournal(db, foundingEntries(wish, db, person, { now: now(), random }))
        return db
      } finally {
        founding = false
      }
    },
  }
}

function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

function foundingEntries(
  { school, year, name }: SetUpWish,
  db: string,
  person: string,
  { now, random }: { now: number; random: (bytes: number) => Buffer },
): Founded[] {
  const { id: _id, ...schoolValue } = school
  const salt = random(16).toString('base64url')
  const cells: { sheet: string; cell: string; value: Json }[] = [
    { sheet: 'school', cell: 'school', value: schoolValue },
    { sheet: 'staff', cell: `person:${person}`, value: { name: { ...name, salt }, roles: ['admin'] } },
    { sheet: 'calendar', cell: 'year', value: { start: `${year}-09-01`, end: `${year + 1}-05-31` } },
  ]
  const clock = { wall: now, mono: 0, boot: 'set-up', jumps: 0 }
  return cells.map(({ sheet, cell, value }, i) => ({
    received: now,
    entry: sealEntry({
      db,
      sheet,
      kind: 'keep-directory',
      changes: [{ cell, value, base: [] }],
      author: person,
      device: 'set-up',
      n: i + 1,
      made: { clock, contact: null },
    }),
  }))
}
