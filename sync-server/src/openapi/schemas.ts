import * as z from 'zod/mini'
import { entrySchema } from 'shared/journal/kinds/kinds'
import { clockReading, made } from 'shared/journal/made'
import { projectedSheet } from 'shared/journal/project'
import { receipt } from 'shared/journal/receipt'
import { errorReply } from 'shared/wire/errors'
import { demoReply, healthReply } from 'shared/wire/health'
import { historyReply } from 'shared/wire/history'
import { pullEnvelope, pullReply } from 'shared/wire/pull'
import { pushEnvelope, pushReply } from 'shared/wire/push'
import { changePassword, sessionReply, sessionsReply, signIn } from 'shared/wire/session'
import { setUp, setUpReply } from 'shared/wire/set-up'

const idRule =
  'One immutable edit of one sheet by one person. `id` is the SHA-256, as 43 characters of base64url without padding, of ' +
  'the RFC 8785 canonical JSON of `{ db, sheet, kind, changes, author, device, n, made, batch? }`: `batch` only where ' +
  'there is one, and in the values of `changes` every object that has a string `salt` (free text, names) replaced by ' +
  '`{ "commitment": <SHA-256 of its own canonical JSON, the same spelling> }`. Salts are 16 random bytes, base64url. ' +
  '`base` lists the ids of the entries whose value the author saw in that cell: the `heads` of the pulled cell, empty for ' +
  'a cell nobody wrote. `n` counts the author’s entries on that device from 1. `made.clock` is what the device’s clocks ' +
  'said; `made.contact` repeats `zvonok-time` and `zvonok-token` of an earlier reply and what the clocks said then, or is ' +
  'null. An entry whose id is not that of its content is `out` for `id-mismatch`.'

/** The schemas that check, under the names the document gives them. */
const named = {
  Entry: { schema: entrySchema, description: idRule },
  Receipt: {
    schema: receipt,
    description:
      'What became of an entry, written once. Receipts given at once are signed at once: `signature` is Ed25519, base64url, ' +
      'by the key that the session tells, over the canonical JSON of `{ receipts: root }`. To find the root, hash (as for ids) ' +
      '`{ leaf: <the receipt without signature and path> }`, then for each step of `path` in turn `{ node: [neighbour, hash] }` ' +
      'where the step begins with `l`, `{ node: [hash, neighbour] }` where it begins with `r`; the neighbour is the rest of the ' +
      'step. `admission` is `in`, `waiting` for a fact or a deputy, or `out`.',
  },
  ClockReading: { schema: clockReading, description: 'What a device’s clocks said at one moment.' },
  Made: { schema: made, description: 'The evidence of when an entry was made.' },
  ProjectedSheet: { schema: projectedSheet, description: 'A sheet as far as this person may see it.' },
  Error: { schema: errorReply, description: '`error` is one of the codes listed with the operation.' },
  SignIn: { schema: signIn, description: '`device.id` is chosen once by the device and kept.' },
  SessionReply: { schema: sessionReply, description: 'Who is signed in.' },
  SessionsReply: { schema: sessionsReply, description: 'Where this person is signed in.' },
  ChangePassword: { schema: changePassword, description: 'The old password and the new.' },
  PushEnvelope: {
    schema: pushEnvelope,
    description: 'Up to 100 entries. The envelope is strict; each entry in it is parsed and judged alone.',
  },
  PushReply: { schema: pushReply, description: 'One receipt an entry, in the order of the entries.' },
  PullEnvelope: {
    schema: pullEnvelope,
    description: '`checkpoint` is null at first, then what the last reply brought.',
  },
  PullReply: {
    schema: pullReply,
    description: 'Sheets that changed, ranges that are gone, and where to go on.',
  },
  HistoryReply: {
    schema: historyReply,
    description: 'Every entry ever made on a cell, in order of arrival.',
  },
  HealthReply: { schema: healthReply, description: 'Whether the server and its store answer.' },
  DemoReply: { schema: demoReply, description: 'The sign-ins of the demo school.' },
  SetUp: { schema: setUp, description: 'The first school of an empty store, with its administrator.' },
  SetUpReply: { schema: setUpReply, description: 'The name of the journal’s database.' },
} as const
export type SchemaName = keyof typeof named

export type JsonSchema = Record<string, unknown>

/** The component schemas of the document, generated from those that check the requests. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string; description: string }>()
  for (const [id, { schema, description }] of Object.entries(named)) registry.add(schema, { id, description })
  const generated = z.toJSONSchema(registry, {
    uri: (id) => prefix + id,
    io: 'input',
    metadata: registry,
  }).schemas
  const components: Record<string, JsonSchema> = {}
  for (const [id, { $schema: _draft, $id: _id, id: _name, ...schema }] of Object.entries(
    nameJson(generated),
  )) {
    components[id] = schema
  }
  return withEntries(components)
}

const prefix = '#/components/schemas/'

// The only schema that refers to itself is "any JSON". The generator gives each of its uses a number; one name is enough.
function nameJson(generated: Record<string, object>): Record<string, JsonSchema> {
  const text = JSON.stringify(generated).replace(
    /#\/components\/schemas\/__shared#\/\$defs\/schema\d+/g,
    `${prefix}Json`,
  )
  const { __shared: shared, ...schemas } = JSON.parse(text) as Record<string, JsonSchema>
  const [json, ...others] = Object.values((shared?.['$defs'] ?? {}) as Record<string, JsonSchema>)
  if (!json) return schemas
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(json)))
    throw new Error('a second recursive schema: name it')
  return { ...schemas, Json: { description: 'Any JSON value.', ...json } }
}

// The push envelope takes anything for an entry, because a broken one is answered alone. What it should be is said here.
function withEntries(components: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const properties = components['PushEnvelope']?.['properties'] as Record<string, JsonSchema> | undefined
  if (properties?.['entries']) properties['entries']['items'] = { $ref: `${prefix}Entry` }
  return components
}
