import * as fc from 'fast-check'
import type { JsonSchema } from './interface'

/** Texts worth trying for a property, by its name: ids that exist, values at the edge. */
export type Hints = Readonly<Record<string, readonly string[]>>

/** Texts that break readers: forms, directions, nothing visible, half of a pair, what other languages take for code. */
export const oddTexts = [
  '',
  ' ',
  '\u0000',
  'Ёлкин'.normalize('NFD'),
  'Ёлкин',
  '\u202Eлебедева',
  'a\u200Bb\uFEFF',
  '\uD83C',
  '\uDFFF\uD800',
  '👩‍👩‍👧‍👦',
  'İstanbul ﬁ ẞ',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00%2e%2e',
  "'; DROP TABLE sheets; --",
  '${7*7}{{7*7}}<script>',
  '=HYPERLINK("x")',
  '0000-00-00',
  '9999-12-31',
  '2026-02-30',
  '6',
  '-1',
  'NaN',
  'н/а',
  'x'.repeat(121),
  'я'.repeat(2001),
]

/**
 * An arbitrary of values that fit a JSON Schema as this server's document uses them. Our own, because the one on npm
 * (json-schema-fast-check 0.0.6) knows neither `prefixItems` nor `propertyNames`.
 */
export function arbitraryOf(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  hints: Hints = {},
): fc.Arbitrary<unknown> {
  const made = new Map<string, fc.Arbitrary<unknown>>()

  function of(part: JsonSchema, name: string): fc.Arbitrary<unknown> {
    if (typeof part['$ref'] === 'string') return referred(part['$ref'].split('/').at(-1) ?? '')
    if ('const' in part) return fc.constant(part['const'])
    if (Array.isArray(part['enum'])) return fc.constantFrom(...(part['enum'] as unknown[]))
    const either = (part['oneOf'] ?? part['anyOf']) as JsonSchema[] | undefined
    if (either) return fc.oneof(...either.map((one) => of(one, name)))
    switch (part['type']) {
      case 'object':
        return objectOf(part)
      case 'array':
        return arrayOf(part, name)
      case 'string':
        return textOf(part, hints[name] ?? [])
      case 'integer':
        return fc.integer(boundsOf(part, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))
      case 'number':
        return fc.double({ ...boundsOf(part, -1e300, 1e300), noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  function referred(name: string): fc.Arbitrary<unknown> {
    // The only schema that refers to itself is any JSON.
    if (name === 'Json') return fc.jsonValue({ maxDepth: 2 })
    const known = made.get(name)
    if (known) return known
    const arbitrary = of(schemas[name] ?? {}, name)
    made.set(name, arbitrary)
    return arbitrary
  }

  function objectOf(part: JsonSchema): fc.Arbitrary<unknown> {
    const properties = Object.entries((part['properties'] ?? {}) as Record<string, JsonSchema>)
    if (properties.length === 0 && typeof part['additionalProperties'] === 'object') {
      const names = of(
        (part['propertyNames'] ?? { type: 'string' }) as JsonSchema,
        '',
      ) as fc.Arbitrary<string>
      return fc.dictionary(names, of(part['additionalProperties'] as JsonSchema, ''), { maxKeys: 3 })
    }
    const model = Object.fromEntries(properties.map(([name, inner]) => [name, of(inner, name)]))
    return fc.record(model, { requiredKeys: (part['required'] ?? []) as string[], noNullPrototype: true })
  }

  function arrayOf(part: JsonSchema, name: string): fc.Arbitrary<unknown> {
    const places = part['prefixItems'] as JsonSchema[] | undefined
    if (places) return fc.tuple(...places.map((one) => of(one, name)))
    const [least, most] = [(part['minItems'] ?? 0) as number, (part['maxItems'] ?? 3) as number]
    return fc.array(of((part['items'] ?? {}) as JsonSchema, name), {
      minLength: least,
      maxLength: Math.min(most, least + 2),
    })
  }

  return of(schema, '')
}

function textOf(part: JsonSchema, hints: readonly string[]): fc.Arbitrary<string> {
  const [least, most] = [Number(part['minLength'] ?? 0), Number(part['maxLength'] ?? 1_000)]
  const pattern = typeof part['pattern'] === 'string' ? new RegExp(part['pattern']) : null
  const fits = (text: string) => text.length >= least && text.length <= most && (pattern?.test(text) ?? true)
  const free = pattern
    ? fc.stringMatching(pattern).filter((text) => text.length <= most)
    : fc.string({ minLength: least, maxLength: Math.min(most, least + 30), unit: 'grapheme' })
  const known = [...hints, ...(pattern ? [] : oddTexts)].filter(fits)
  return known.length === 0
    ? free
    : fc.oneof({ arbitrary: free, weight: 1 }, { arbitrary: fc.constantFrom(...known), weight: 2 })
}

function boundsOf(part: JsonSchema, min: number, max: number): { min: number; max: number } {
  return { min: Number(part['minimum'] ?? min), max: Number(part['maximum'] ?? max) }
}
