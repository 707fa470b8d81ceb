import type { Router } from 'express'
import request from 'supertest'
import { errorCodes } from 'shared/wire/errors'
import { kinds } from 'shared/journal/kinds/kinds'
import { headers } from 'shared/wire/version'
import { smallServer } from '../http/small-server'
import { errorsOf, operations } from './operations'

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>
  components: { schemas: Record<string, unknown>; headers: Record<string, unknown> }
}

async function document(): Promise<Document> {
  const { app } = await smallServer()
  return (await request(app).get('/api/openapi.json').expect(200)).body as Document
}

interface Layer {
  route?: { path: string; methods?: Record<string, boolean>; stack: { method: string }[] }
  handle: unknown
}

/** The routes mounted in a router and in those within it. */
function routesOf(router: Router): string[] {
  const layers = (router as unknown as { stack: Layer[] }).stack
  return layers.flatMap(({ route, handle }) => {
    if (route) return [...new Set(route.stack.map(({ method }) => `${method} ${route.path}`))]
    return typeof handle === 'function' && 'stack' in handle ? routesOf(handle as unknown as Router) : []
  })
}

describe('the interface’s description', () => {
  test('names every route that is mounted, and no other', async () => {
    const { api } = await smallServer()
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routesOf(api).sort())
    const { paths } = await document()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    )
    expect(described.sort()).toEqual(
      operations.map(({ method, path }) => `${method} /api${path.replace(':id', '{id}')}`).sort(),
    )
  })

  test('every error code is documented somewhere, under its status', async () => {
    const { paths } = await document()
    expect([...new Set(operations.flatMap(errorsOf))].sort()).toEqual(Object.keys(errorCodes).sort())
    const push = paths['/api/push']?.['post']?.responses ?? {}
    expect(push['401']?.description).toContain('not-signed-in')
    expect(push['413']?.description).toContain('too-large')
  })

  test('every reference leads somewhere', async () => {
    const whole = await document()
    const text = JSON.stringify(whole)
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([\w-]+)"/g)]
    expect(references.length).toBeGreaterThan(20)
    expect(references).toHaveLength(text.split('"$ref"').length - 1)
    for (const [, part, name] of references) {
      expect(Object.keys(whole.components[part as 'schemas' | 'headers'])).toContain(name)
    }
    expect(Object.keys(whole.components.headers).sort()).toEqual(Object.values(headers).sort())
  })

  test('tells another program enough to push an entry: its kinds, and how the id is computed', async () => {
    const { components } = await document()
    const entry = components.schemas['Entry'] as {
      oneOf: { properties: { kind: { const: string } } }[]
      description: string
    }
    expect(entry.oneOf.map(({ properties }) => properties.kind.const).sort()).toEqual([...kinds].sort())
    expect(entry.description).toMatch(/SHA-256.*base64url.*RFC 8785.*commitment/s)
    const envelope = components.schemas['PushEnvelope'] as { properties: { entries: { items: unknown } } }
    expect(envelope.properties.entries.items).toEqual({ $ref: '#/components/schemas/Entry' })
  })
})
