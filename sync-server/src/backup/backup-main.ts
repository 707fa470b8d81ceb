import { parseArgs } from 'node:util'
import { readConfig } from '../config'
import { standWhereAsked } from '../start/stand-where-asked'
import { pathOf, sentenceOf } from './arguments'
import { checkedRecipient, recipientsOf } from './keys'
import { publicKeyFile } from './make-keys'
import { takeBackup } from './take-backup'

// npm run backup -- --to FILE|FOLDER [--for age1… …]: one sealed file of everything; the server may run or not.
try {
  standWhereAsked(process.env)
  const { values } = parseArgs({
    options: { to: { type: 'string' }, for: { type: 'string', multiple: true } },
  })
  const to = pathOf(values.to, 'to')
  const { dataDir, couchdb } = readConfig(process.env)
  const recipients = values.for
    ? values.for.map((text) => checkedRecipient(text, '--for'))
    : await recipientsOf(publicKeyFile(dataDir))
  const began = Date.now()
  const { file, bytes, sha256 } = await takeBackup({ dataDir, couchdb, to, recipients, now: Date.now })
  console.log(`${file}: ${bytes} bytes in ${Date.now() - began} ms, SHA-256 ${sha256}`)
} catch (error) {
  console.error(sentenceOf(error))
  process.exitCode = 1
}
