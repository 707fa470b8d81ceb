import { readFile } from 'node:fs/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BackupFault } from './backup-fault'

export interface KeyPair {
  /** Opens backups; is kept where the server is not. */
  secret: string
  /** Seals backups; may be known to anybody. */
  recipient: string
}

/**
 * A new pair of keys for backups. Of the form that every age tool reads (X25519): the hybrid form against quantum
 * computers is not yet in the distributions' `age`.
 */
export async function newKeyPair(): Promise<KeyPair> {
  const secret = await generateX25519Identity()
  return { secret, recipient: await identityToRecipient(secret) }
}

/** The text of a key file, as `age-keygen` writes it. */
export function keyFileOf({ secret, recipient }: KeyPair, made: string): string {
  return `# Zvonok: opens the school's backups. Made ${made}. Keep it where the server is not.\n# public key: ${recipient}\n${secret}\n`
}

/** Public keys of a file, one a line; `#` begins a remark. */
export async function recipientsOf(file: string): Promise<string[]> {
  const lines = await linesOf(file, 'There is no public key for backups')
  return lines.map((line) => checkedRecipient(line, file))
}

/** A public key, or a sentence saying that it is none. */
export function checkedRecipient(text: string, from: string): string {
  if (/^age1[a-z0-9]{58}$/.test(text)) return text
  throw new BackupFault(`${from}: this is no public key. It begins with age1; npm run backup:keys makes one.`)
}

/** Private keys of a file, one a line. */
export async function identitiesOf(file: string): Promise<string[]> {
  const lines = await linesOf(file, 'There is no private key')
  if (lines.length === 0 || !lines.every((line) => /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/.test(line)))
    throw new BackupFault(
      `${file} is no private key for backups: a line AGE-SECRET-KEY-1… is what opens them.`,
    )
  return lines
}

async function linesOf(file: string, missing: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new BackupFault(`${missing}: ${file} cannot be read.`, { cause })
  })
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}
