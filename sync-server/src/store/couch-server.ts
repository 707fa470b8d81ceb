import nano from 'nano'
import { Agent } from 'undici'
import { NotAllowed, StoreUnavailable } from './store'

export interface CouchRequest {
  db?: string
  path?: string
  method?: 'get' | 'put' | 'post'
  qs?: Record<string, string | number | boolean>
  body?: object
}

/** CouchDB answered, and the answer is no. */
export class CouchRefusal extends Error {
  override name = 'CouchRefusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The question may have reached CouchDB, but no answer came (S1): what it asked for may have been done. */
export class NoAnswer extends StoreUnavailable {}

/** The server is there, the database is not. */
export class NoSuchDatabase extends StoreUnavailable {}

const askTimeout = 30_000
const sockets = 32

/** One CouchDB, or the balancer before a cluster. Questions share a bounded number of sockets, waiting has its own. */
export class CouchServer {
  readonly #agents = [
    new Agent({ connections: sockets, connect: { timeout: 5000 } }),
    new Agent({ connect: { timeout: 5000 } }),
  ] as const
  readonly #ask: nano.ServerScope
  readonly #wait: nano.ServerScope

  constructor(url: string) {
    const [asking, waiting] = this.#agents
    const asked = { url, parseUrl: false, agent: asking }
    const waited = { url, parseUrl: false, agent: waiting }
    this.#ask = nano(asked)
    this.#wait = nano(waited)
  }

  /** Throws `CouchRefusal` where CouchDB says no, `StoreUnavailable` where it cannot be asked, `NoAnswer` where it may have been. */
  ask<T extends object>(request: CouchRequest, timeout = askTimeout): Promise<T> {
    return answer<T>(this.#ask, request, AbortSignal.timeout(timeout))
  }

  /** A question whose answer may take long: the next change. */
  wait<T extends object>(request: CouchRequest, timeout: number, stop: AbortSignal): Promise<T> {
    return answer<T>(this.#wait, request, AbortSignal.any([stop, AbortSignal.timeout(timeout)]))
  }

  async close(): Promise<void> {
    for (const agent of this.#agents) await agent.destroy()
  }
}

async function answer<T extends object>(
  server: nano.ServerScope,
  request: CouchRequest,
  signal: AbortSignal,
): Promise<T> {
  const options: nano.RequestOptions & { signal: AbortSignal } = { ...request, signal }
  const reply: unknown = await server.request(options).catch((error: unknown) => {
    throw troubleOf(error, request)
  })
  // An answer that breaks off reaches us as an empty text.
  if (typeof reply !== 'object' || reply === null) throw new NoAnswer('the answer of CouchDB broke off')
  return reply as T
}

function troubleOf(error: unknown, { db = '' }: CouchRequest): Error {
  const { statusCode, message } = error as { statusCode?: number; message: string }
  if (statusCode === undefined) return unreached(message)
  if (statusCode === 401 || statusCode === 403) {
    return new NotAllowed(
      `CouchDB does not let this account do that in ${db || 'the server'} (${message}). Check COUCHDB_URL, or run: npm run couch:set-up -- ${db}`,
      { cause: error },
    )
  }
  if (statusCode === 404 && /^(Database does not exist\.|no_db_file)$/.test(message)) {
    return new NoSuchDatabase(`there is no database ${db} yet`, { cause: error })
  }
  if (statusCode >= 500 || statusCode === 408 || statusCode === 429) {
    return new NoAnswer(`CouchDB is in trouble: ${statusCode} ${message}`, { cause: error })
  }
  return new CouchRefusal(statusCode, message)
}

// Where the connection was never made nothing was done. Of anything else nobody can say.
function unreached(message: string): StoreUnavailable {
  const never = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ConnectTimeoutError/.test(message)
  return never
    ? new StoreUnavailable(`CouchDB cannot be reached: ${message}`)
    : new NoAnswer(`no answer from CouchDB: ${message}`)
}
