import { accountId, plainLogin, type Account } from './documents'
import type { PasswordHasher } from './password-hash'
import { ofType, read, update, type AccountsStore } from './update'

export interface NewAccount {
  login: string
  password: string
  person: string
  db: string
  /** Issued by the school, to be changed at the first sign-in (ACC-06). */
  issued: boolean
}

/** Who may sign in, by login. Logins are unique on the whole server. */
export interface Accounts {
  find(login: string): Promise<Account | null>
  /** False where the login is taken. */
  create(account: NewAccount): Promise<boolean>
  setPassword(login: string, password: string): Promise<void>
}

export function makeAccounts(store: AccountsStore, hasher: PasswordHasher, now: () => number): Accounts {
  return {
    find: (login) => read(store, accountId(login), 'account'),

    async create({ login, password, person, db, issued }) {
      const id = accountId(login)
      if (await read(store, id, 'account')) return false
      const hash = await hasher.hash(password)
      const made: Account = {
        _id: id,
        type: 'account',
        login: plainLogin(login),
        person,
        db,
        hash,
        mustChangePassword: issued,
        created: now(),
      }
      return update(store, [id], (found) => {
        const there = ofType(found.get(id), 'account')
        // Ours, when an uncertain write was asked again.
        if (there) return { write: [], result: there.hash === hash }
        return { write: [made], result: true }
      })
    },

    async setPassword(login, password) {
      const id = accountId(login)
      const hash = await hasher.hash(password)
      await update(store, [id], (found) => {
        const account = ofType(found.get(id), 'account')
        return { write: account ? [{ ...account, hash, mustChangePassword: false }] : [], result: undefined }
      })
    },
  }
}
