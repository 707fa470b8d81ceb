import { dayOf } from 'shared/calendar/zone'
import type { Contact } from 'shared/journal/made'
import type { SessionReply } from 'shared/wire/session'
import type { ApiResult, VerifyReceipt } from '../sync/ports'
import { syncJournal } from '../sync/sync-journal'
import { verifyReceipts } from '../sync/verify'
import { openDatabase } from './database'
import type { Device } from './device'
import { makeJournal, type OpenJournal } from './journal'
import type { Keyring, Vault } from './keyring'
import { ownSession, type Credentials } from './own-session'
import type { Me } from './port'
import { makeSealer } from './sealer'
import { sealedStorage } from './sealed-storage'

/** One person's open journal with all that keeps it: what `app/` holds between sign-in and sign-out. */
export interface OpenAccount {
  readonly journal: OpenJournal
  readonly vault: Vault
  /** The browser has dropped what was kept here; what the school has comes again, what it had not is gone. */
  readonly hasLost: boolean
  /** An issued password opens nothing until it is changed (ACC-06). */
  mustChangePassword(): boolean
  changePassword(old: string, chosen: string): Promise<ApiResult<null>>
  /** The password in use, for opening the same vault with a newer one; null where none was given. */
  credentials(): Credentials | null
  /** Asks for a sync: the network or the page has come back. */
  contact(): void
  /** Keys leave the memory; sealed entries stay and go out when this person signs in again (OFF-13). */
  signOut(): Promise<void>
  /** Lets go of the device without signing out: another takes its place, or the page goes. */
  close(): Promise<void>
}

export interface Opening {
  device: Device
  keyring: Keyring
  vault: Vault
  master: CryptoKey
  /** Null: opened without a network. */
  session: SessionReply | null
  /** What the school's answer told besides: the time, before anything else is asked. */
  contact?: Contact | null
  credentials: Credentials | null
}

/**
 * Opens a vault. `empty`: it has never been filled, its person has never got through to the school from here. `other`:
 * it holds the journal of another person or school year, whom the same login once named; theirs is not touched (I3).
 */
export async function openAccount(opening: Opening): Promise<OpenAccount | 'empty' | 'other'> {
  const { device, keyring, vault, session } = opening
  let { credentials } = opening
  let opensSessions = true
  const storage = sealedStorage(await openDatabase(vault.id, device.dexie), await makeSealer(opening.master))
  const [loaded, kept] = await Promise.all([storage.loadRows(), storage.loadMeta()])
  if (session && kept.me && (kept.me.person !== session.person || kept.me.db !== session.db)) {
    await storage.close()
    return 'other'
  }
  const contact = opening.contact ?? kept.contact
  const meta = session ? { ...kept, me: meOf(session), key: session.key, contact } : kept
  if (!meta.me || !meta.key) {
    await storage.close()
    return 'empty'
  }
  const { me, key } = { me: meta.me, key: meta.key }
  const hasLost = await storage.hasLost(vault.filled ?? false).catch(() => false)
  await keyring.fill(vault)
  let mustChange = session?.mustChangePassword ?? false

  const journal = makeJournal({
    me,
    device: vault.device,
    storage,
    clock: device.clock,
    timers: device.timers,
    beforePaint: device.beforePaint,
    loaded: { ...loaded, meta },
    requestSync: (why) => pump.request(why),
    history: async (sheet, cell) => {
      const reply = await device.api.history(sheet, cell)
      return reply.ok ? reply.body : null
    },
  })
  if (session) await journal.setMeta({ me, key }).catch(sayNothing)

  const own = ownSession({
    device,
    vault,
    person: me.person,
    fresh: session !== null,
    credentials: () => (opensSessions ? credentials : null),
    forget: () => (opensSessions = false),
    onSession(said) {
      mustChange = said.mustChangePassword
      void journal.setMeta({ me: meOf(said), key: said.key }).catch(sayNothing)
    },
  })
  const stream = device.stream({
    onNews: () => pump.request('news'),
    onOpen: () => journal.status().state !== 'idle' && pump.request('contact'),
  })
  const pump = syncJournal({
    journal,
    api: device.api,
    verify: byPinnedKey(() => journal.meta().key ?? key),
    timers: device.timers,
    random: device.random,
    exclusively: async (run) => {
      await allRead
      return page.open ? own.exclusively(run) : null
    },
    onSynced: () => stream.connect(),
  })

  const sheets = storage.loadSheets(dayOf(journal.now(), me.zone))[Symbol.asyncIterator]()
  const first = await sheets.next()
  if (!first.done) journal.takeIn(first.value)
  const page = { open: true }
  // What is gone can only be told from what is held: the rest is read before anything is pulled.
  const readRest = async () => {
    while (page.open) {
      const next = await sheets.next()
      if (next.done) return
      if (page.open) journal.takeIn(next.value)
    }
  }
  const allRead = readRest().catch(sayNothing)
  void allRead.then(() => page.open && !mustChange && pump.request('start'))

  async function close(): Promise<void> {
    page.open = false
    credentials = null
    pump.stop()
    stream.close()
    await journal.close()
  }

  return {
    journal,
    vault,
    hasLost,
    mustChangePassword: () => mustChange,
    credentials: () => credentials,
    contact: () => !mustChange && pump.request('contact'),
    async changePassword(old, chosen) {
      const here = await keyring.prepare(vault, old, chosen)
      const reply = await device.api.changePassword(old, chosen)
      // No answer may mean that it was changed: both passwords go on opening what is here.
      if (here && (reply.ok || reply.failure !== 'offline'))
        await keyring.settle(vault, reply.ok ? 'new' : 'old')
      if (reply.ok) {
        credentials = credentials && { ...credentials, password: chosen }
        opensSessions = true
        mustChange = false
        pump.request('asked')
      }
      return reply
    },
    close,
    async signOut() {
      const remembered = await keyring.remembered()
      if (remembered?.vault.id === vault.id) await keyring.forget()
      await close()
      await own.end()
    },
  }
}

/** The key is the one that the school told at the latest sign-in. */
function byPinnedKey(pinned: () => string): VerifyReceipt {
  let [key, verify] = [pinned(), verifyReceipts(pinned())]
  return (receipt) => {
    if (key !== pinned()) [key, verify] = [pinned(), verifyReceipts(pinned())]
    return verify(receipt)
  }
}

function meOf({ person, name, db, school, zone, roles, children }: SessionReply): Me {
  return { person, name, db, school, zone, roles, children }
}

// The status of the journal has said it (`status.storage`).
function sayNothing(): void {}
