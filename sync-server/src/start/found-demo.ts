import { dayOf } from 'shared/calendar/zone'
import type { DemoDocument } from '../accounts/documents'
import { makeAccounts } from '../accounts/accounts'
import type { PasswordHasher } from '../accounts/password-hash'
import { read, update, type AccountsStore } from '../accounts/update'
import { makeDemo, type Demo, type DemoKind } from '../demo/demo'
import type { OpenJournals } from './journals'

export interface DemoDeps {
  store: AccountsStore
  journals: OpenJournals
  hasher: PasswordHasher
  now: () => number
  print: (line: string) => void
}

export class NotForDemo extends Error {
  override name = 'NotForDemo'
}

const zone = 'Europe/Moscow'
const progressEvery = 5000

/**
 * Founds the demo school in an empty store; one that is there already goes on as it stands. Broken off, it is made again
 * of the same seed and time, entry by entry the same, and founding goes on from where it was.
 */
export async function foundDemo(kind: DemoKind, seed: string, deps: DemoDeps): Promise<DemoDocument> {
  const { store, journals, print } = deps
  const known = await demoAlone(store, journals)
  if (known?.ready) {
    if (known.kind !== kind)
      print(`The store holds the demo "${known.kind}", which goes on. For "${kind}" set another DATA_DIR.`)
    return known
  }
  const made = known?.made ?? Math.round(deps.now())
  const plan = { kind: (known?.kind ?? kind) as DemoKind, seed: known?.seed ?? seed }
  print('Making the demo school…')
  const demo = makeDemo(plan.kind, { seed: plan.seed, today: dayOf(made, zone), now: made })
  const doc: DemoDocument = {
    _id: 'demo',
    type: 'demo',
    ...plan,
    db: demo.db,
    made,
    ready: false,
    signIns: signInsOf(demo),
  }
  await keep(store, doc)
  print(`Founding the demo school ${demo.name}: ${demo.entries.length} entries.`)
  let told = 0
  await journals.found(demo.db, demo.entries, (done) => {
    if (done - told < progressEvery) return
    told = done
    print(`  ${Math.floor((100 * done) / demo.entries.length)} %`)
  })
  await makeSignIns(demo, deps)
  const ready = { ...doc, ready: true }
  await keep(store, ready)
  return ready
}

/** The demo that the store holds, or null for an empty store. Throws where there is another school. */
export async function demoAlone(
  store: AccountsStore,
  journals: Pick<OpenJournals, 'list'>,
): Promise<DemoDocument | null> {
  const known = await read(store, 'demo', 'demo')
  const databases = await journals.list()
  if (databases.every((db) => db === known?.db)) return known
  throw new NotForDemo(
    'DEMO needs a store of its own, and this one holds a school. Set another DATA_DIR, or unset DEMO.',
  )
}

function signInsOf({ accounts }: Demo): DemoDocument['signIns'] {
  return accounts.map(({ login, password, name, roles, note }) => ({ login, password, name, roles, note }))
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
