import { fromBase64, randomBytes, toBase64 } from './base64'

/** A person's secret, wrapped by a key that only their password gives. */
export interface WrappedSecret {
  salt: string
  rounds: number
  iv: string
  sealed: string
}

/** PBKDF2-SHA-256 rounds for a password: a guess costs an attacker a third of a second on a tablet. */
const passwordRounds = 600_000
const wrapping = { name: 'AES-GCM', length: 256 } as const

async function keyOfPassword(password: string, salt: string, rounds: number): Promise<CryptoKey> {
  const text = new TextEncoder().encode(password.normalize('NFC'))
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations: rounds }
  return crypto.subtle.deriveKey(how, material, wrapping, false, ['encrypt', 'decrypt'])
}

export async function wrapSecret(
  secret: Uint8Array<ArrayBuffer>,
  password: string,
  rounds = passwordRounds,
): Promise<WrappedSecret> {
  const [salt, iv] = [toBase64(randomBytes(16)), randomBytes(12)]
  const key = await keyOfPassword(password, salt, rounds)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, secret)
  return { salt, rounds, iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) }
}

/** The secret, or null: the password is another. */
export async function unwrapSecret(
  wrapped: WrappedSecret,
  password: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const key = await keyOfPassword(password, wrapped.salt, wrapped.rounds)
  try {
    const iv = fromBase64(wrapped.iv)
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, fromBase64(wrapped.sealed)),
    )
  } catch {
    return null
  }
}

/** The secret as a key that works but cannot be read out again, not even by this page. The bytes are wiped. */
export async function masterKeyOf(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  secret.fill(0)
  return master
}
