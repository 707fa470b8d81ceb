import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config'
import { standWhereAsked } from '../start/stand-where-asked'
import { pathOf, sentenceOf } from './arguments'
import { BackupFault, reasonOf } from './backup-fault'
import { keyFileOf, newKeyPair } from './keys'

// npm run backup:keys -- --to FILE: the private key into FILE, the public one into DATA_DIR/keys/backup.pub.
try {
  standWhereAsked(process.env)
  const { values } = parseArgs({ options: { to: { type: 'string' } } })
  const to = pathOf(values.to, 'to')
  const { dataDir } = readConfig(process.env)
  const pair = await newKeyPair()
  await writeNew(to, keyFileOf(pair, new Date().toISOString()))
  await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
  const publicKey = join(dataDir, 'keys', 'backup.pub')
  await writeNew(publicKey, `${pair.recipient}\n`)
  console.log(`Backups are sealed to ${pair.recipient} (${publicKey}).`)
  console.log(`Only ${to} opens them: take it off this machine, keep two copies, and lose neither.`)
} catch (error) {
  console.error(sentenceOf(error))
  process.exitCode = 1
}

/** A key that is there opens backups that exist: it is never written over. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new BackupFault(`${file} was not written: ${reasonOf(cause)}.`, { cause })
  })
}
