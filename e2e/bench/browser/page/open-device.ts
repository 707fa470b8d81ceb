import { browserDevice, type Device } from '../../../../client/src/store/device'
import type { Keyring, Vault } from '../../../../client/src/store/keyring'
import { openAccount, type OpenAccount } from '../../../../client/src/store/open-account'
import { openSession } from '../../../../client/src/store/own-session'
import type { SessionReply } from 'shared/wire/session'

/** A fresh device whose person has just given the password and been let in: nothing is read or pulled yet. */
export interface Entered {
  device: Device
  keyring: Keyring
  vault: Vault
  master: CryptoKey
  session: SessionReply
}

export async function enter(login: string): Promise<Entered> {
  const device = browserDevice()
  const keyring = await device.keyring()
  const credentials = { login, password: `${login}-2026` }
  const { vault, master } = await keyring.create(login, credentials.password)
  const reply = await openSession(device, credentials, vault)
  if (!reply.ok) throw new Error(`${login} cannot sign in: ${reply.failure}`)
  return { device, keyring, vault, master, session: reply.body }
}

/** Opens the journal as the application does; resolves when the first sync has come to its end. */
export async function openAndSync(entered: Entered): Promise<OpenAccount> {
  const account = await openAccount({ ...entered, credentials: null })
  if (typeof account === 'string') throw new Error(account)
  const { journal } = account
  await new Promise<void>((resolve) => {
    const look = () => journal.status().lastSync !== null && resolve()
    journal.subscribe(look)
    look()
  })
  return account
}
