import { openDatabase } from './database'
import type { Device } from './device'
import type { OpenAccount } from './open-account'
import { makeSealer } from './sealer'
import { sealedStorage } from './sealed-storage'

/** How many vaults of this person lie here under a password that is not the present one. */
export async function countFormer(device: Device, { vault }: OpenAccount): Promise<number> {
  return (await (await device.keyring()).former(vault)).length
}

/**
 * Takes over what lies here under a former password (OFF-13): it was changed on another device, or by the office. False:
 * no vault opens with it.
 */
export async function recoverFormer(
  device: Device,
  account: OpenAccount,
  password: string,
): Promise<boolean> {
  const keyring = await device.keyring()
  let found = false
  for (const vault of await keyring.former(account.vault)) {
    const master = await keyring.unlock(vault, password)
    if (!master) continue
    found = true
    const database = await openDatabase(vault.id, device.dexie)
    const { rows } = await sealedStorage(database, await makeSealer(master)).loadRows()
    const { db, person } = account.journal.me
    const mine = rows.filter(({ entry }) => entry.db === db && entry.author === person)
    await account.journal.adopt(mine)
    // What belongs to another year stays where it is.
    if (mine.length < rows.length) {
      await database.close()
      continue
    }
    await database.remove()
    await keyring.drop(vault)
  }
  return found
}
