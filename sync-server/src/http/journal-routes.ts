import type { Router } from 'express'

/** What signed-in people do with their journal. Each stands behind `signedIn`. */
export function journalRoutes(): Router[] {
  return []
}
