import { parseArgs } from 'node:util'
import { readConfig } from '../config'
import { standWhereAsked } from '../start/stand-where-asked'
import { pathOf, sentenceOf } from './arguments'
import { makeKeys } from './make-keys'

// npm run backup:keys -- --to FILE: the private key into FILE, the public one into DATA_DIR/keys/backup.pub.
try {
  standWhereAsked(process.env)
  const { values } = parseArgs({ options: { to: { type: 'string' } } })
  const to = pathOf(values.to, 'to')
  const { dataDir } = readConfig(process.env)
  const { recipient, publicKey } = await makeKeys({ to, dataDir })
  console.log(`Backups are sealed to ${recipient} (${publicKey}).`)
  console.log(`Only ${to} opens them: take it off this machine, keep two copies, and lose neither.`)
} catch (error) {
  console.error(sentenceOf(error))
  process.exitCode = 1
}
