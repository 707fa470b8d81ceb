import type { DemoReply } from 'shared/wire/health'
import type { StoredDocument } from '../store/store'

/** Who may sign in. Rights are not here: the journal's own directory has them (I4). */
export interface Account extends StoredDocument {
  type: 'account'
  login: string
  person: string
  db: string
  /** Argon2id in the PHC form. */
  hash: string
  /** The password was issued by the school: it opens one session, to choose an own one in (ACC-06). */
  mustChangePassword: boolean
  created: number
}

/** One device where somebody is signed in. Found by the hash of its token; the token itself is never stored. */
export interface StoredSession extends StoredDocument {
  type: 'session'
  person: string
  login: string
  db: string
  device: { id: string; name: string }
  mustChangePassword: boolean
  created: number
  seen: number
  expires: number
}

/** What is left of a session that ended: the store port deletes nothing, so everything personal is taken out. */
export interface EndedSession extends StoredDocument {
  type: 'ended'
}

/** The sessions of one account, and the devices that signed in to it before. */
export interface SessionList extends StoredDocument {
  type: 'sessions'
  ids: string[]
  devices: string[]
}

/** Failed tries by account, known device or address. The id hides which. */
export interface Tries extends StoredDocument {
  type: 'tries'
  count: number
  since: number
  blockedUntil: number
}

/** The demo's schools: their sign-ins, shown to whoever asks while there are no others, and what they were made of. */
export interface DemoDocument extends StoredDocument {
  type: 'demo'
  db: string
  /** The databases of the second school and all after it. */
  others?: string[]
  /** How many of the schools are whole. */
  founded?: number
  kind: string
  seed: string
  /** The server's time when it was made: the same makes the same journal, so that founding can go on. */
  made: number
  /** False while a journal is still being written. */
  ready: boolean
  signIns: DemoReply
}

/** Where the demo's clock was set: `CLOCK` as written, and the real time (ms) that it stood for first. */
export interface ClockDocument extends StoredDocument {
  type: 'clock'
  clock: string
  since: number
}

/** The signing key where several servers share one CouchDB: PKCS 8, base64url. */
export interface KeyDocument extends StoredDocument {
  type: 'key'
  key: string
}

/** Everything that the `accounts` database holds. */
export type AccountsDocument =
  | Account
  | StoredSession
  | EndedSession
  | SessionList
  | Tries
  | DemoDocument
  | ClockDocument
  | KeyDocument

/** Logins differ in more than case and form: `Orlova`, `orlova ` are one. Ids are ASCII, so other letters are escaped. */
export function accountId(login: string): string {
  return `account:${encodeURIComponent(plainLogin(login))}`
}

export function plainLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/** The databases of the demo's schools. */
export function databasesOfDemo({ db, others = [] }: DemoDocument): string[] {
  return [db, ...others]
}
