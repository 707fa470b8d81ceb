import type { Router } from 'express'
import { historyRoutes } from '../history/route'
import { pullRoutes } from '../pull/route'
import { pushRoutes } from '../push/route'
import { streamRoutes } from '../stream/route'

/** What signed-in people do with their journal. Each stands behind `signedIn`. */
export function journalRoutes(): Router[] {
  return [pushRoutes(), pullRoutes(), streamRoutes(), historyRoutes()]
}
