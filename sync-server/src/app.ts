import compression from 'compression'
import express, { Router, type Express } from 'express'
import type { Logger } from 'pino'
import { makeAccounts } from './accounts/accounts'
import type { PasswordHasher } from './accounts/password-hash'
import type { SetUp } from './accounts/set-up'
import { setUpRoutes } from './accounts/set-up-route'
import { makeThrottle } from './accounts/throttle'
import type { AccountsStore } from './accounts/update'
import { healthRoutes } from './health/route'
import { clientFiles } from './http/client-files'
import { answerErrors, notFound } from './http/errors'
import { journalRoutes } from './http/journal-routes'
import type { Journals } from './http/journals'
import { oneATurn } from './http/one-a-turn'
import { makeOpenStreams } from './http/open-streams'
import { replyHeaders, sameProtocol } from './http/reply-headers'
import { requestLog } from './http/request-log'
import { freeWay, type RightOfWay } from './http/right-of-way'
import { sameOriginOnly } from './http/same-origin'
import { securityHeaders } from './http/security-headers'
import { signedIn } from './http/signed-in'
import { strictJson } from './http/strict-json'
import { unconditional } from './http/unconditional'
import type { Signer } from './journal/port'
import { openApiRoutes } from './openapi/route'
import { sessionRoutes } from './session/route'
import { makeSessions } from './session/sessions'

const streamPath = /^\/api\/stream\/?$/i

/** The world that the app stands in. Tests hand in a memory and a stopped clock. */
export interface AppDeps {
  accounts: AccountsStore
  journals: Journals
  signer: Pick<Signer, 'key' | 'timeToken'>
  hasher: PasswordHasher
  now: () => number
  random: (bytes: number) => Buffer
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  version: string
  /** The epoch told to those who have not signed in: that of the only school, or empty. */
  epoch: () => string
  /** Founding the first school; null where there is one, or the demo. */
  setUp: SetUp | null
  /** What Express calls `trust proxy`; false: nobody stands before us. */
  trustProxy: boolean | number | string
  /** Who goes first; the journals know the same. Without: nobody. */
  way?: RightOfWay
  /** The built application, or null: the interface only. */
  client: string | null
}

export interface App {
  app: Express
  /** The interface's routes under `/api`, for the test that holds them against the document. */
  api: Router
  /** Ends the open streams, so that the server can stop. */
  endStreams: () => void
}

/** Builds the server's app. It does not listen. */
export function makeApp(deps: AppDeps): App {
  const { accounts: store, journals, hasher, now, signer, log, version, way = freeWay } = deps
  const sessions = makeSessions({ store, now, random: deps.random })
  const accounts = makeAccounts(store, hasher, now)
  const throttle = makeThrottle(store, now)
  const streams = makeOpenStreams(sessions)

  const api = Router()
  api.use(replyHeaders({ signer, now, epoch: deps.epoch }))
  api.use(unconditional, sameProtocol, sameOriginOnly, streams.watch, ...strictJson())
  api.use(healthRoutes({ store, journals, epoch: deps.epoch, version }))
  api.use(openApiRoutes(version))
  api.use(setUpRoutes({ setUp: deps.setUp, throttle }))
  api.use(sessionRoutes({ accounts, sessions, throttle, hasher, journals, way, key: signer.key, now }))
  const passed = signedIn({ sessions, journals })
  api.use(['/push', '/pull', '/stream', '/history'], passed)
  for (const router of journalRoutes()) api.use(router)
  api.use(() => {
    throw notFound('There is no such route: see /api/openapi.json.')
  })

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', deps.trustProxy)
  app.set('query parser', 'simple')
  // Replies are new by `no-store`; hashing each for an ETag would be for nothing.
  app.set('etag', false)
  app.post('/api/session', oneATurn())
  app.use(requestLog(log, now))
  app.use(...securityHeaders())
  const pack = compression({
    // Two packets of the network: packing less than that costs more time than it saves.
    threshold: 2_048,
    filter: (req, res) => !isStream(res.getHeader('content-type')) && compression.filter(req, res),
  })
  // What could pack a reply is kept with it for as long as it is open, and a stream is open all day.
  app.use((req, res, next) => (streamPath.test(req.path) ? next() : pack(req, res, next)))
  app.use('/api', api)
  if (deps.client) app.use(clientFiles(deps.client))
  // Express's own page would repeat the address that was asked for.
  app.use(() => {
    throw notFound()
  })
  app.use(answerErrors(log))
  return { app, api, endStreams: () => streams.endAll() }
}

function isStream(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('text/event-stream')
}
