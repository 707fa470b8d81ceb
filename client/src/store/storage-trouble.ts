import { StorageTrouble } from './storage'

/** What a failed write means: no room left, or broken. Dexie and RxDB wrap the browser's error in their own. */
export function storageTrouble(error: unknown): StorageTrouble {
  if (error instanceof StorageTrouble) return error
  return new StorageTrouble(speaksOfQuota(error, 0) ? 'full' : 'failed', error)
}

function speaksOfQuota(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { name, inner, cause, failures } = error as {
    name?: unknown
    inner?: unknown
    cause?: unknown
    failures?: unknown
  }
  if (name === 'QuotaExceededError') return true
  const nested = [inner, cause, ...(Array.isArray(failures) ? failures : [])]
  return nested.some((one) => speaksOfQuota(one, depth + 1))
}
