import { readdirSync } from 'node:fs'
import * as z from 'zod/mini'
import { entrySchema } from '../journal/kinds/kinds'
import { hashOf } from '../plain/hash'
import { must } from '../plain/must'
import { protocol } from './version'

/** The wire as it was when each number was given. What devices in the field speak never changes its hash. */
const spoken: Record<number, string> = {
  1: 'Vi8nc4T_L0LIdMuIifbjhGzaqxtUf3coUFjOQ8fYUzw',
}

function isSchema(value: unknown): value is z.ZodMiniType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

/** Every schema that the files of this folder export, and what travels inside of them. */
async function messages(): Promise<[string, z.ZodMiniType][]> {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const found: [string, z.ZodMiniType][] = [['entry', entrySchema]]
  for (const file of files.sort()) {
    const exported: Record<string, unknown> = await import(`./${file.slice(0, -'.ts'.length)}`)
    for (const name of Object.keys(exported).sort()) {
      const schema = exported[name]
      if (isSchema(schema)) found.push([`${file} ${name}`, schema])
    }
  }
  return found
}

test('a message’s schema has changed only with the number of the wire', async () => {
  const all = await messages()
  expect(all.length).toBeGreaterThan(10)
  const now = hashOf(all.map(([name, schema]) => [name, must(z.toJSONSchema(schema), name)]))
  const next = protocol + 1
  const advice =
    spoken[protocol] === now
      ? 'as it was'
      : `The wire has changed: raise \`protocol\` in version.ts to ${next} and pin \`${next}: '${now}'\` here. ` +
        `Only while no device in the field speaks ${protocol}, pin ${protocol} anew instead.`
  expect(advice).toBe('as it was')
})
