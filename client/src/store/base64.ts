const chunk = 0x8000
const urlSafe = { alphabet: 'base64url', omitPadding: true } as const

/** What newer browsers bring (Chrome 140, Safari 18.2, Firefox 133): many times as fast as by way of a text. */
interface NativeBytes {
  toBase64?(options: typeof urlSafe): string
}
interface NativeClass {
  fromBase64?(text: string, options: { alphabet: 'base64url' }): Uint8Array<ArrayBuffer>
}

/** Bytes as base64url without padding. */
export function toBase64(bytes: Uint8Array): string {
  return (bytes as NativeBytes).toBase64?.(urlSafe) ?? toBase64ByText(bytes)
}

/** Throws where the text is no base64url. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return (Uint8Array as NativeClass).fromBase64?.(text, urlSafe) ?? fromBase64ByText(text)
}

export function toBase64ByText(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function fromBase64ByText(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count))
}
