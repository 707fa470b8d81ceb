import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')
const readme = readFileSync(join(root, 'shared', 'README.md'), 'utf8')

interface Row {
  rule: string
  files: string[]
  tests: string[]
}
const pathsIn = (cell = '') =>
  [...cell.matchAll(/`([^`]+\.tsx?)`/g)].map(([, path = '']) => path.replace('…/', 'shared/src/'))
const rows: Row[] = readme.split('\n').flatMap((line) => {
  const [, rule = '', , files, tests] = line
    .split(' | ')
    .join('|')
    .split('|')
    .map((cell) => cell.trim())
  return /^([CATOLSI]\d|P-\d)$/.test(rule) ? [{ rule, files: pathsIn(files), tests: pathsIn(tests) }] : []
})

test('the README has every rule of the design, in order', () => {
  const count = (letter: string, most: number) => Array.from({ length: most }, (_, i) => `${letter}${i + 1}`)
  const rules = [
    count('C', 8),
    count('A', 5),
    count('T', 3),
    count('O', 4),
    count('P-', 5),
    count('L', 3),
    count('S', 4),
    count('I', 4),
  ]
  expect(rows.map(({ rule }) => rule)).toEqual(rules.flat())
})

test.each(rows)('$rule is where the README says, and tested where it says', ({ rule, files, tests }) => {
  expect(files.length).toBeGreaterThan(0)
  expect([...files, ...tests].filter((path) => !existsSync(join(root, path)))).toEqual([])
  const speaks = new RegExp(`(^|[^A-Za-z0-9-])${rule}([^0-9]|$)`)
  const silent = tests.filter((path) => !speaks.test(readFileSync(join(root, path), 'utf8')))
  expect(rule === 'S3' ? [] : silent).toEqual([])
  expect(rule === 'L3' || tests.length > 0).toBe(true)
})

test('the words point at files that exist', () => {
  const words = [...readme.slice(0, readme.indexOf('## How to add')).matchAll(/`(src\/[^`]+\.ts)`/g)].map(
    ([, path = '']) => path,
  )
  expect(words.length).toBeGreaterThan(15)
  expect(words.filter((path) => !existsSync(join(root, 'shared', path)))).toEqual([])
})
