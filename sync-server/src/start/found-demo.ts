import { dayOf } from 'shared/calendar/zone'
import { must } from 'shared/plain/must'
import { databasesOfDemo, type DemoDocument } from '../accounts/documents'
import { makeAccounts } from '../accounts/accounts'
import type { PasswordHasher } from '../accounts/password-hash'
import { read, update, type AccountsStore } from '../accounts/update'
import { makeDemo, type Demo, type DemoKind } from '../demo/demo'
import { schoolsIn, type Journals } from '../http/journals'
import { NotEmpty } from '../journal/found'
import type { Founded } from '../journal/port'
import type { OpenJournals } from './journals'

export interface DemoDeps {
  store: AccountsStore
  journals: OpenJournals
  hasher: PasswordHasher
  now: () => number
  print: (line: string) => void
  /** How schools are made, where not as the product makes them. */
  make?: typeof makeDemo
}

export class NotForDemo extends Error {
  override name = 'NotForDemo'
}

const zone = 'Europe/Moscow'
const progressEvery = 10_000

export interface DemoPlan {
  kind: DemoKind
  seed: string
  /** How many schools: of `full` there may be several. */
  schools: number
}

/**
 * Founds the demo's schools in an empty store, one after another; those that are there already go on as they stand. Broken
 * off, a school is made again of the same seed and time, entry by entry the same, and founding goes on from where it was.
 */
export async function foundDemo(plan: DemoPlan, deps: DemoDeps): Promise<DemoDocument> {
  const { store, journals, print, now, make = makeDemo } = deps
  const known = await demoAlone(store, journals)
  if (known?.ready) {
    if (known.kind !== plan.kind || databasesOfDemo(known).length !== plan.schools)
      print(`The store holds the demo ${nameOf(known)}, which goes on. For another one set another DATA_DIR.`)
    return known
  }
  const made = known?.made ?? Math.round(now())
  const kind = (known?.kind ?? plan.kind) as DemoKind
  const seed = known?.seed ?? plan.seed
  // Schools that were begun are ended, whatever is asked for now.
  const begun = known ? databasesOfDemo(known).length : 1
  const schools = kind === 'full' ? Math.max(plan.schools, begun) : 1
  let doc = known
  for (let school = 1 + (known?.founded ?? 0); school <= schools; school++) {
    print(schools === 1 ? 'Making the demo school…' : `Making demo school ${school} of ${schools}…`)
    const demo = make(kind, { seed, today: dayOf(made, zone), now: made, school })
    const signIns = signInsOf(demo, schools > 1)
    // Listed before it is founded: one that was broken off is known for the demo's own.
    doc = listed(doc ?? { _id: 'demo', type: 'demo', kind, seed, db: demo.db, made, ready: false, signIns }, {
      db: demo.db,
      signIns,
    })
    await keep(store, doc)
    await makeSignIns(demo, deps)
    await foundSchool(demo, made, deps)
    doc = { ...doc, founded: school, ready: school === schools }
    await keep(store, doc)
  }
  return must(doc, 'a demo')
}

function listed(doc: DemoDocument, { db, signIns }: Pick<DemoDocument, 'db' | 'signIns'>): DemoDocument {
  if (databasesOfDemo(doc).includes(db)) return doc
  return { ...doc, others: [...(doc.others ?? []), db], signIns: [...doc.signIns, ...signIns] }
}

async function foundSchool(demo: Demo, until: number, { journals, print }: DemoDeps): Promise<void> {
  const began = Date.now()
  print(`Founding the demo school ${demo.name}…`)
  let [told, day, count] = [0, '', 0]
  const entries = function* () {
    for (const founded of demo.entries) {
      // The office's own come first, whatever their day.
      if (!isOffice(founded)) day = dayOf(founded.received, zone)
      count++
      yield founded
    }
  }
  try {
    await journals.found(demo.db, entries(), (done) => {
      if (done - told < progressEvery) return
      told = done
      print(`  ${done} entries; now those up to ${day || 'the first day'}, of ${dayOf(until, zone)}`)
    })
    print(`  ${count} entries in ${Math.round((Date.now() - began) / 1000)} s.`)
  } catch (error) {
    // Broken off in the moment between the last entry and the word that it was the last.
    if (!(error instanceof NotEmpty)) throw error
  }
}

function isOffice({ entry }: Founded): boolean {
  return entry.kind === 'keep-directory'
}

function nameOf(known: DemoDocument): string {
  const count = databasesOfDemo(known).length
  return count === 1 ? `"${known.kind}"` : `"${known.kind}" of ${count} schools`
}

/** The demo that the store holds, or null for an empty store. Throws where there is a school besides. */
export async function demoAlone(
  store: AccountsStore,
  journals: Pick<Journals, 'list' | 'isSchool'>,
): Promise<DemoDocument | null> {
  const known = await read(store, 'demo', 'demo')
  const own = known ? databasesOfDemo(known) : []
  if ((await schoolsIn(journals, 1, own)).length === 0) return known
  throw new NotForDemo(
    'DEMO needs a store of its own, and this one holds a school. Set another DATA_DIR, or unset DEMO.',
  )
}

function signInsOf({ name: school, accounts }: Demo, areSeveral: boolean): DemoDocument['signIns'] {
  return accounts.map(({ login, password, name, roles, note }) => ({
    login,
    password,
    name,
    roles,
    note: areSeveral ? `${school}. ${note}` : note,
  }))
}

async function makeSignIns({ accounts, db }: Demo, { store, hasher, now }: DemoDeps): Promise<void> {
  const made = makeAccounts(store, hasher, now)
  await Promise.all(
    accounts.map(({ login, password, person }) =>
      made.create({ login, password, person, db, issued: false }),
    ),
  )
}

async function keep(store: AccountsStore, doc: DemoDocument): Promise<void> {
  await update(store, [doc._id], () => ({ write: [doc], result: undefined }))
}
