import { createHash } from 'node:crypto'
import type { StoredSession } from '../accounts/documents'
import { ofType, read, update, type AccountsStore } from '../accounts/update'
import { accountId, type Account } from '../accounts/documents'

const day = 86_400_000
/** A session ends after so many days without a contact: as long as a device may work offline (`device.offlineDays`). */
export const idleDays = 14
/** How often `seen` is written. */
const seenEvery = 3_600_000
/**
 * No request is served on a session that another server may have ended longer ago (A3). Of a store in this very process
 * nobody else writes: its folder is locked.
 */
const confirmedFor = { couchdb: 5_000, memory: 5_000, embedded: seenEvery }
const mostSessions = 50
const mostDevices = 30

/** A stored session as the rest of the server knows it. */
export type Session = Omit<StoredSession, '_id' | 'type' | 'expires'> & { id: string }

/** Who is signed in where. A session is found by the hash of a random token; the token is only in the cookie. */
export interface Sessions {
  open(account: Account, device: { id: string; name: string }): Promise<{ token: string; session: Session }>
  /** The session of a token while it lives; using it keeps it alive. */
  find(token: string): Promise<Session | null>
  list(login: string): Promise<Session[]>
  /** Ends these sessions of the account, or every one that the account has. Ids of others are passed over. */
  end(login: string, which: (session: Session) => boolean): Promise<number>
  /** The password was changed in this session: it now opens everything. */
  passwordChanged(id: string): Promise<void>
  /** Whether this device signed in to the account before. */
  knowsDevice(login: string, device: string): Promise<boolean>
  /** Calls back once if the session ends while somebody holds a stream open. */
  onEnd(id: string, callback: () => void): () => void
}

export interface SessionsDeps {
  store: AccountsStore
  now: () => number
  random: (bytes: number) => Buffer
}

const sessionId = (id: string) => `session:${id}`
const listId = (login: string) => accountId(login).replace('account:', 'sessions:')

export function makeSessions({ store, now, random }: SessionsDeps): Sessions {
  const confirmed = new Map<string, { session: StoredSession; at: number }>()
  const watchers = new Map<string, Set<() => void>>()
  /** Grows when what may be remembered of a session changes: a reading that began before is not remembered. */
  let changes = 0

  async function open(account: Account, device: { id: string; name: string }) {
    const token = random(32).toString('base64url')
    const id = hashOfToken(token)
    const doc: StoredSession = {
      _id: sessionId(id),
      type: 'session',
      person: account.person,
      login: account.login,
      db: account.db,
      device,
      mustChangePassword: account.mustChangePassword,
      created: now(),
      seen: now(),
      expires: now() + idleDays * day,
    }
    // Listed first: a session that nobody can see or end must never exist.
    const dropped = await addToList(account.login, id, device.id)
    await update(store, [doc._id], () => ({ write: [doc], result: undefined }))
    await endAll(dropped)
    return { token, session: plain(doc) }
  }

  async function addToList(login: string, id: string, device: string): Promise<string[]> {
    return update(store, [listId(login)], (found) => {
      const list = ofType(found.get(listId(login)), 'sessions')
      const ids = [...(list?.ids ?? []).filter((other) => other !== id), id]
      const devices = [...(list?.devices ?? []).filter((other) => other !== device), device]
      const dropped = ids.slice(0, -mostSessions)
      const write = {
        _id: listId(login),
        type: 'sessions' as const,
        ids: ids.slice(-mostSessions),
        devices: devices.slice(-mostDevices),
      }
      return { write: [write], result: dropped }
    })
  }

  async function find(token: string): Promise<Session | null> {
    const id = hashOfToken(token)
    const known = confirmed.get(id)
    const age = known ? now() - known.at : 0
    if (known && age >= 0 && age < confirmedFor[store.kind] && known.session.expires > now())
      return plain(known.session)
    const began = changes
    const doc = await read(store, sessionId(id), 'session')
    if (!doc || doc.expires <= now()) {
      ended(id)
      return null
    }
    const session = now() - doc.seen >= seenEvery ? await keepAlive(doc) : doc
    if (!session) return null
    if (began === changes) remember(id, session)
    return plain(session)
  }

  function remember(id: string, session: StoredSession): void {
    if (confirmed.size > 10_000) confirmed.clear()
    confirmed.set(id, { session, at: now() })
  }

  async function keepAlive({ _id }: StoredSession): Promise<StoredSession | null> {
    return update(store, [_id], (found) => {
      const doc = ofType(found.get(_id), 'session')
      if (!doc) return { write: [], result: null }
      const alive = { ...doc, seen: now(), expires: now() + idleDays * day }
      return { write: [alive], result: alive }
    })
  }

  async function storedOf(login: string): Promise<StoredSession[]> {
    const list = await read(store, listId(login), 'sessions')
    const ids = (list?.ids ?? []).map(sessionId)
    const found = await store.get(ids)
    return ids.flatMap((id) => {
      const session = ofType(found.get(id)?.doc, 'session')
      return session && session.expires > now() ? [session] : []
    })
  }

  async function end(login: string, which: (session: Session) => boolean): Promise<number> {
    const ids = (await storedOf(login))
      .map(plain)
      .filter(which)
      .map(({ id }) => id)
    await endAll(ids)
    if (ids.length === 0) return 0
    await update(store, [listId(login)], (found) => {
      const list = ofType(found.get(listId(login)), 'sessions')
      if (!list) return { write: [], result: undefined }
      return { write: [{ ...list, ids: list.ids.filter((id) => !ids.includes(id)) }], result: undefined }
    })
    return ids.length
  }

  async function endAll(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await changing(ids, () =>
      update(store, ids.map(sessionId), (found) => ({
        write: [...found.values()].flatMap((doc) =>
          doc.type === 'session' ? [{ _id: doc._id, type: 'ended' as const }] : [],
        ),
        result: undefined,
      })),
    )
    for (const id of ids) ended(id)
  }

  // Also where nobody can say whether it was written.
  async function changing<R>(ids: readonly string[], write: () => Promise<R>): Promise<R> {
    try {
      return await write()
    } finally {
      for (const id of ids) confirmed.delete(id)
      changes++
    }
  }

  function ended(id: string): void {
    confirmed.delete(id)
    for (const callback of watchers.get(id) ?? []) callback()
    watchers.delete(id)
  }

  async function passwordChanged(id: string): Promise<void> {
    await changing([id], () =>
      update(store, [sessionId(id)], (found) => {
        const doc = ofType(found.get(sessionId(id)), 'session')
        return {
          write: doc?.mustChangePassword ? [{ ...doc, mustChangePassword: false }] : [],
          result: undefined,
        }
      }),
    )
  }

  return {
    open,
    find,
    end,
    passwordChanged,
    list: async (login) => (await storedOf(login)).map(plain),
    knowsDevice: async (login, device) => {
      const list = await read(store, listId(login), 'sessions')
      return list?.devices.includes(device) ?? false
    },
    onEnd(id, callback) {
      const callbacks = watchers.get(id) ?? new Set()
      watchers.set(id, callbacks.add(callback))
      return () => {
        callbacks.delete(callback)
        if (callbacks.size === 0) watchers.delete(id)
      }
    },
  }
}

function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function plain({
  _id,
  person,
  login,
  db,
  device,
  mustChangePassword,
  created,
  seen,
}: StoredSession): Session {
  return { id: _id.slice('session:'.length), person, login, db, device, mustChangePassword, created, seen }
}
