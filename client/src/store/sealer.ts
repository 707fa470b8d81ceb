import { fromBase64, toBase64, randomBytes } from './base64'

/** Turns names into opaque keys and values into sealed bodies, and back. */
export interface Sealer {
  /** HMAC-SHA-256 of the name: the same name always gives the same key, and tells nothing. */
  keyOf(name: string): Promise<string>
  /** AES-GCM 256 with a random IV; sealed for this place, so that two rows cannot be exchanged. */
  seal(key: string, value: unknown): Promise<string>
  /** Throws where the body was changed or belongs elsewhere. */
  open(key: string, body: string): Promise<unknown>
}

const ivLength = 12

export async function makeSealer(master: CryptoKey): Promise<Sealer> {
  const derive = (purpose: string, as: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]) => {
    const info = new TextEncoder().encode(`zvonok ${purpose}`)
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }
    return crypto.subtle.deriveKey(how, master, as, false, uses)
  }
  const [sealing, naming] = await Promise.all([
    derive('seal', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
    derive('names', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  ])
  const [writing, reading] = [new TextEncoder(), new TextDecoder()]

  return {
    async keyOf(name) {
      return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', naming, writing.encode(name))))
    },
    async seal(key, value) {
      const iv = randomBytes(ivLength)
      const how = { name: 'AES-GCM', iv, additionalData: writing.encode(key) }
      const sealed = new Uint8Array(
        await crypto.subtle.encrypt(how, sealing, writing.encode(JSON.stringify(value))),
      )
      const body = new Uint8Array(ivLength + sealed.length)
      body.set(iv)
      body.set(sealed, ivLength)
      return toBase64(body)
    },
    async open(key, text) {
      const body = fromBase64(text)
      const how = { name: 'AES-GCM', iv: body.subarray(0, ivLength), additionalData: writing.encode(key) }
      const opened = await crypto.subtle.decrypt(how, sealing, body.subarray(ivLength))
      return JSON.parse(reading.decode(opened)) as unknown
    },
  }
}
