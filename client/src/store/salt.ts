import { randomBytes, toBase64 } from './base64'

/** A salt for a free text or a personal field: 16 random bytes, so that its commitment gives nothing away (L1). */
export function newSalt(): string {
  return toBase64(randomBytes(16))
}
