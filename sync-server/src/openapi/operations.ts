import type { ErrorCode } from 'shared/wire/errors'
import type { SchemaName } from './schemas'

export interface Parameter {
  name: string
  in: 'query' | 'path'
  required: boolean
  description: string
}

/** One route of the interface, as the document and the tests know it. */
export interface Operation {
  method: 'get' | 'post' | 'delete'
  /** As Express writes it, under `/api`. */
  path: string
  summary: string
  /** Whether only signed-in people pass. */
  signedIn: boolean
  request?: SchemaName
  parameters?: Parameter[]
  reply: { status: 200 | 201 | 204; schema?: SchemaName; type?: 'text/event-stream' }
  /** What this route refuses besides what every route does. */
  errors: ErrorCode[]
}

/** Any route may answer with these. */
export const errorsOfAll: ErrorCode[] = ['wrong-protocol', 'store-unavailable', 'server-fault']
/** Any route with a body, and any that writes. */
export const errorsOfBodies: ErrorCode[] = ['bad-request', 'too-large', 'unsupported-media-type']
export const errorsOfWrites: ErrorCode[] = ['forbidden']
export const errorsOfSignedIn: ErrorCode[] = ['not-signed-in']

export const operations: Operation[] = [
  {
    method: 'post',
    path: '/session',
    summary:
      'Sign in. The token comes back in an HttpOnly cookie and lives for 14 days after the last contact.',
    signedIn: false,
    request: 'SignIn',
    reply: { status: 200, schema: 'SessionReply' },
    errors: ['wrong-login', 'too-many-tries'],
  },
  {
    method: 'get',
    path: '/session',
    summary: 'Who is signed in.',
    signedIn: true,
    reply: { status: 200, schema: 'SessionReply' },
    errors: [],
  },
  {
    method: 'delete',
    path: '/session',
    summary: 'Sign out. Safe twice.',
    signedIn: false,
    reply: { status: 204 },
    errors: [],
  },
  {
    method: 'get',
    path: '/sessions',
    summary: 'Where this person is signed in, the latest first.',
    signedIn: true,
    reply: { status: 200, schema: 'SessionsReply' },
    errors: [],
  },
  {
    method: 'delete',
    path: '/sessions/:id',
    summary: 'End one of one’s own sessions, on whatever device.',
    signedIn: true,
    parameters: [{ name: 'id', in: 'path', required: true, description: 'The session’s id from the list.' }],
    reply: { status: 204 },
    // An address that cannot be decoded.
    errors: ['not-found', 'bad-request'],
  },
  {
    method: 'post',
    path: '/password',
    summary: 'Choose a new password. All other sessions of the account end.',
    signedIn: true,
    request: 'ChangePassword',
    reply: { status: 204 },
    errors: ['wrong-login', 'weak-password', 'too-many-tries'],
  },
  {
    method: 'post',
    path: '/push',
    summary:
      'Hand in entries. A receipt is sent when its entry is on disk; sending again brings the same receipt.',
    signedIn: true,
    request: 'PushEnvelope',
    reply: { status: 200, schema: 'PushReply' },
    errors: [],
  },
  {
    method: 'post',
    path: '/pull',
    summary: 'Ask for what changed in the person’s scope since the checkpoint. It writes nothing.',
    signedIn: true,
    request: 'PullEnvelope',
    reply: { status: 200, schema: 'PullReply' },
    errors: [],
  },
  {
    method: 'get',
    path: '/stream',
    summary: 'Server-sent events: there may be news, pull. The first event comes at once.',
    signedIn: true,
    reply: { status: 200, type: 'text/event-stream' },
    errors: [],
  },
  {
    method: 'get',
    path: '/history',
    summary: 'Every entry ever made on one cell.',
    signedIn: true,
    parameters: [
      { name: 'sheet', in: 'query', required: true, description: 'The sheet’s id.' },
      { name: 'cell', in: 'query', required: true, description: 'The cell’s name.' },
    ],
    reply: { status: 200, schema: 'HistoryReply' },
    errors: ['bad-request', 'forbidden'],
  },
  {
    method: 'get',
    path: '/health',
    summary: 'Whether the server and its store answer. 503 with the same body when the store does not.',
    signedIn: false,
    reply: { status: 200, schema: 'HealthReply' },
    errors: [],
  },
  {
    method: 'get',
    path: '/demo',
    summary: 'The demo’s sign-ins, only while there is no school but the demo’s own.',
    signedIn: false,
    reply: { status: 200, schema: 'DemoReply' },
    errors: ['not-found'],
  },
  {
    method: 'post',
    path: '/set-up',
    summary: 'Found the first school of an empty store, with the code that the server printed at its start.',
    signedIn: false,
    request: 'SetUp',
    reply: { status: 201, schema: 'SetUpReply' },
    errors: ['not-found', 'weak-password', 'too-many-tries'],
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document.',
    signedIn: false,
    reply: { status: 200 },
    errors: [],
  },
]

/** Every error code that a route may answer with. */
export function errorsOf({ errors, method, request, signedIn }: Operation): ErrorCode[] {
  const all = new Set([...errors, ...errorsOfAll])
  if (request) for (const code of errorsOfBodies) all.add(code)
  if (method !== 'get') for (const code of errorsOfWrites) all.add(code)
  if (signedIn) for (const code of [...errorsOfSignedIn, ...errorsOfWrites]) all.add(code)
  return [...all]
}
