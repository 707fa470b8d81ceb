import * as z from 'zod/mini'
import type { ClockReading } from 'shared/journal/made'
import { errorReply } from 'shared/wire/errors'
import { demoReply, type DemoReply } from 'shared/wire/health'
import type { HistoryReply } from 'shared/wire/history'
import type { PullReply } from 'shared/wire/pull'
import {
  sessionReply,
  sessionsReply,
  type SessionReply,
  type SessionsReply,
  type SignIn,
} from 'shared/wire/session'
import { headers as names, protocol } from 'shared/wire/version'
import type { ApiFailure, ApiResult, Meta, SyncApi } from './ports'

/** Everything that is asked of the server, sync and the rest. */
export interface Api extends SyncApi {
  signIn(request: SignIn, timeout?: number): Promise<ApiResult<SessionReply>>
  session(): Promise<ApiResult<SessionReply>>
  signOut(): Promise<ApiResult<null>>
  sessions(): Promise<ApiResult<SessionsReply>>
  endSession(id: string): Promise<ApiResult<null>>
  changePassword(old: string, chosen: string): Promise<ApiResult<null>>
  history(sheet: string, cell: string): Promise<ApiResult<HistoryReply>>
  demo(): Promise<ApiResult<DemoReply>>
}

interface ApiParts {
  fetch?: typeof globalThis.fetch
  /** What the device's clocks say: read when a reply comes. */
  read: () => ClockReading
  base?: string
}

interface Request {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  timeout?: number
}

const slowest = 30_000
const quick = 15_000

/** The only road to the server, and the only `fetch`. It answers with values: nothing that a network does is a surprise. */
export function makeApi({ fetch = globalThis.fetch.bind(globalThis), read, base = '/api' }: ApiParts): Api {
  async function ask<T>(
    path: string,
    schema: z.ZodMiniType<T> | null,
    request: Request = {},
  ): Promise<ApiResult<T>> {
    const { method = 'GET', body, timeout = quick } = request
    const reply = await send(fetch, base + path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: {
        accept: 'application/json',
        [names.protocol]: String(protocol),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    // «Too large» is also what a proxy before the school says, in its own words: the batch is halved all the same (O4).
    if (reply?.response.status === 413) return { ok: false, failure: 'refused', code: 'too-large' }
    // No answer, or one that somebody else gave: a hotel's Wi-Fi asks for a room number in our name.
    const meta = reply && metaOf(reply.response, read())
    if (!reply || !meta) return { ok: false, failure: 'offline' }
    if (!reply.response.ok) return failureOf(reply.response, reply.json)
    if (!schema) return { ok: true, body: null as T, meta }
    const parsed = z.safeParse(schema, reply.json)
    return parsed.success ? { ok: true, body: parsed.data, meta } : { ok: false, failure: 'server' }
  }

  return {
    async push(body) {
      const schemas = await journalSchemas()
      if (!schemas) return { ok: false, failure: 'offline' }
      return ask('/push', schemas.pushReply, { method: 'POST', body, timeout: slowest })
    },
    async pull(body) {
      const schemas = await journalSchemas()
      if (!schemas) return { ok: false, failure: 'offline' }
      const reply = schemas.pullReply as unknown as z.ZodMiniType<PullReply>
      return ask('/pull', reply, { method: 'POST', body, timeout: slowest })
    },
    signIn: (body, timeout = quick) => ask('/session', sessionReply, { method: 'POST', body, timeout }),
    session: () => ask('/session', sessionReply),
    signOut: () => ask('/session', null, { method: 'DELETE' }),
    sessions: () => ask('/sessions', sessionsReply),
    endSession: (id) => ask(`/sessions/${encodeURIComponent(id)}`, null, { method: 'DELETE' }),
    changePassword: (old, chosen) => ask('/password', null, { method: 'POST', body: { old, new: chosen } }),
    async history(sheet, cell) {
      const schemas = await journalSchemas()
      if (!schemas) return { ok: false, failure: 'offline' }
      return ask(`/history?${new URLSearchParams({ sheet, cell }).toString()}`, schemas.historyReply)
    },
    demo: () => ask('/demo', demoReply),
  }
}

// What the journal's replies look like is known behind the door: whoever signs in need not wait for it.
function journalSchemas() {
  return import('./journal-schemas').catch(() => null)
}

interface Reply {
  response: Response
  json: unknown
}

async function send(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Reply | null> {
  try {
    const response = await fetch(url, init)
    const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '')
    if (response.status !== 204 && response.status !== 413 && !isJson) return null
    return { response, json: isJson ? ((await response.json()) as unknown) : null }
  } catch {
    return null
  }
}

function metaOf({ headers }: Response, clock: ClockReading): Meta | null {
  const [time, number] = [Number(headers.get(names.time)), Number(headers.get(names.protocol))]
  if (!Number.isSafeInteger(time) || time <= 0 || number <= 0) return null
  const contact = { time, token: headers.get(names.token) ?? '', clock }
  return { contact, epoch: headers.get(names.epoch) ?? '', protocol: number }
}

function failureOf({ status, headers }: Response, json: unknown): ApiResult<never> & { ok: false } {
  const parsed = z.safeParse(errorReply, json)
  const retryAfter = Number(headers.get('retry-after'))
  return {
    ok: false,
    failure: kindOf(status),
    ...(parsed.success ? { code: parsed.data.error } : {}),
    ...(retryAfter > 0 ? { retryAfter } : {}),
  }
}

function kindOf(status: number): ApiFailure {
  if (status === 401) return 'signed-out'
  if (status === 426) return 'too-old'
  // Told to wait: the same as a server in trouble, later is better.
  return status >= 500 || status === 429 ? 'server' : 'refused'
}
