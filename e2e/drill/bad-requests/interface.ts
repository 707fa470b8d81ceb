import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

export type JsonSchema = Record<string, unknown>

interface Response {
  description: string
  content?: Record<string, { schema: JsonSchema }>
}

interface Described {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required: boolean }[]
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } }
  responses: Record<string, Response>
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, JsonSchema> }
}

/** One route as the server's own document describes it. */
export interface Route {
  method: string
  /** As in the document: `/api/sessions/{id}`. */
  path: string
  parameters: { name: string; in: 'path' | 'query' }[]
  /** The schema of its body, by name; null for a route without one. */
  body: string | null
  /** What it may answer: by status, the error codes and the check of the body where there is one. */
  replies: Map<number, { codes: Set<string>; type: string | null; fits: ValidateFunction | null }>
}

/** The interface as a stranger reads it: `GET /api/openapi.json` and nothing else. */
export interface Interface {
  routes: Route[]
  schemas: Record<string, JsonSchema>
  isError: ValidateFunction
}

/** Reads the document of a running server and makes a check of everything that it promises. */
export async function readInterface(url: string): Promise<Interface> {
  return interfaceOf(await (await fetch(`${url}/api/openapi.json`)).json())
}

/** The same of a document at hand. */
export function interfaceOf(given: unknown): Interface {
  const document = given as Document
  const { schemas } = document.components
  // Formats and unknown keywords are not this test's business: the document has its own tests.
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'document', components: { schemas } })
  const check = (schema: JsonSchema) =>
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object,
    )
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      routeOf(path, method.toUpperCase(), described, check),
    ),
  )
  return { routes, schemas, isError: check({ $ref: '#/components/schemas/Error' }) }
}

function routeOf(
  path: string,
  method: string,
  { parameters = [], requestBody, responses }: Described,
  check: (schema: JsonSchema) => ValidateFunction,
): Route {
  const replies: Route['replies'] = new Map()
  for (const [status, { description, content = {} }] of Object.entries(responses)) {
    const [type = null] = Object.keys(content)
    const codes = new Set([...description.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? ''))
    const isJson = type === 'application/json'
    replies.set(Number(status), { codes, type, fits: isJson ? check(content[type]?.schema ?? {}) : null })
  }
  return {
    method,
    path,
    parameters: parameters.flatMap(({ name, in: place }) =>
      place === 'header' ? [] : [{ name, in: place }],
    ),
    body: requestBody?.content['application/json'].schema.$ref.split('/').at(-1) ?? null,
    replies,
  }
}
