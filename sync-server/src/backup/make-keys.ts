import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BackupFault, reasonOf } from './backup-fault'
import { keyFileOf, newKeyPair } from './keys'

export interface MadeKeys {
  recipient: string
  publicKey: string
}

/** Where the public keys lie that backups of this data folder are sealed to. */
export function publicKeyFile(dataDir: string): string {
  return join(dataDir, 'keys', 'backup.pub')
}

/**
 * Makes a pair of keys for backups: the private one into `to`, the public one into the data folder. Both or neither: a
 * private key whose public one is nowhere opens nothing, and whoever keeps it believes that they can.
 */
export async function makeKeys({ to, dataDir }: { to: string; dataDir: string }): Promise<MadeKeys> {
  const publicKey = publicKeyFile(dataDir)
  if (existsSync(publicKey))
    throw new BackupFault(
      `${publicKey} is there already: backups are sealed to it, and no key was made. For another pair move it away first.`,
    )
  const pair = await newKeyPair()
  await writeNew(to, keyFileOf(pair, new Date().toISOString()))
  try {
    await mkdir(dirname(publicKey), { recursive: true, mode: 0o700 })
    await writeNew(publicKey, `${pair.recipient}\n`)
  } catch (error) {
    await rm(to, { force: true })
    throw error
  }
  return { recipient: pair.recipient, publicKey }
}

/** A key that is there opens backups that exist: it is never written over. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new BackupFault(`${file} was not written: ${reasonOf(cause)}.`, { cause })
  })
}
