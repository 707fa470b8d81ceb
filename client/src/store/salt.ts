/** A salt for a free text or a personal field: 16 random bytes, so that its commitment gives nothing away (L1). */
export function newSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
