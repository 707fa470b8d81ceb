import { errorCodes, type ErrorCode } from 'shared/wire/errors'
import { headers, protocol } from 'shared/wire/version'
import { errorsOf, operations, type Operation } from './operations'
import { componentSchemas, type JsonSchema } from './schemas'

const replyHeaders = {
  [headers.time]: {
    description: 'The server’s time as the reply left, ms since 1970.',
    schema: { type: 'integer' },
  },
  [headers.token]: {
    description: 'Proof that the time is this server’s: goes back in an entry’s `made.contact.token`.',
    schema: { type: 'string' },
  },
  [headers.epoch]: {
    description:
      'Changes when the store was set back to a backup: offer sent entries again, with their receipts.',
    schema: { type: 'string' },
  },
  [headers.protocol]: {
    description: 'The number of this interface.',
    schema: { type: 'integer', const: protocol },
  },
}

/** The OpenAPI 3.1 document of everything under `/api`. */
export function openApiDocument(version: string): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zvonok',
      version,
      description:
        'Errors are `{ error: code, message }`. Send `zvonok-protocol` with a request to be told (426) when it is ' +
        'another. Browsers write only from this server’s own pages (`Origin`, `Sec-Fetch-Site`). Bodies are ' +
        'application/json in UTF-8, at most 1 MiB inflated (64 KiB outside push and pull), at most 32 deep.',
    },
    paths,
    components: {
      schemas: componentSchemas(),
      headers: replyHeaders,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-zvonok',
          description: '`zvonok` where there is no TLS.',
        },
      },
    },
  }
}

function describe(operation: Operation): JsonSchema {
  const { method, path, summary, signedIn, request, parameters, reply } = operation
  return {
    operationId: `${method}${path.replace(/[^a-z]+(\w)/gi, (_all, letter: string) => letter.toUpperCase())}`,
    summary,
    security: signedIn ? [{ session: [] }] : [],
    parameters: [
      ...(parameters ?? []).map((one) => ({ ...one, schema: { type: 'string' } })),
      { name: headers.protocol, in: 'header', required: false, schema: { type: 'integer' } },
    ],
    ...(request ? { requestBody: { required: true, content: json(request) } } : {}),
    responses: { [reply.status]: success(reply), ...failures(errorsOf(operation)) },
  }
}

const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } })

function allHeaders(): JsonSchema {
  return Object.fromEntries(
    Object.keys(replyHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  )
}

function success({ schema, type, status }: Operation['reply']): JsonSchema {
  const content = type ? { [type]: { schema: { type: 'string' } } } : schema ? json(schema) : null
  const description = status === 204 ? 'Done.' : 'The answer.'
  return { description, headers: allHeaders(), ...(content ? { content } : {}) }
}

// Several codes share a status; the document lists each under it.
function failures(codes: readonly ErrorCode[]): Record<string, JsonSchema> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) byStatus.set(errorCodes[code], [...(byStatus.get(errorCodes[code]) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\``).join(', '),
        headers: allHeaders(),
        content: json('Error'),
      },
    ]),
  )
}
