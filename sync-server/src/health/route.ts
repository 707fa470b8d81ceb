import { Router } from 'express'
import { protocol } from 'shared/wire/version'
import type * as z from 'zod/mini'
import type { healthReply } from 'shared/wire/health'
import { databasesOfDemo } from '../accounts/documents'
import { read, type AccountsStore } from '../accounts/update'
import { notFound } from '../http/errors'
import { schoolsIn, type Journals } from '../http/journals'
import { StoreUnavailable } from '../store/store'

export interface HealthDeps {
  store: AccountsStore
  journals: Journals
  epoch: () => string
  version: string
}

/** What operators and tests ask: is it alive, and how does one sign in to the demo. */
export function healthRoutes({ store, journals, epoch, version }: HealthDeps): Router {
  const router = Router()

  router.get('/health', async (_req, res) => {
    const alive = await answers(store)
    const reply: z.infer<typeof healthReply> = {
      status: alive ? 'ok' : 'store-unavailable',
      store: store.kind === 'couchdb' ? 'couchdb' : 'embedded',
      epoch: epoch(),
      protocol,
      version,
    }
    res.status(alive ? 200 : 503).json(reply)
  })

  // Passwords are shown only where there is nothing to protect: there are no schools but the demo's.
  router.get('/demo', async (_req, res) => {
    const demo = await read(store, 'demo', 'demo')
    const own = demo?.ready ? databasesOfDemo(demo) : null
    if (!demo || !own || (await schoolsIn(journals, 1, own)).length > 0)
      throw notFound('There is no demo here.')
    res.json(demo.signIns)
  })

  return router
}

async function answers(store: AccountsStore): Promise<boolean> {
  try {
    await store.info()
    return true
  } catch (error) {
    if (error instanceof StoreUnavailable) return false
    throw error
  }
}
