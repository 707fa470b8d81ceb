/** An id for a new column or remark: in the order of making on one device, and not another device's by chance. */
export function newCellId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return `${prefix}${Date.now().toString(36)}${random.toString(36)}`
}
