// Every test of `shared` in one file, under Mocha: it loads the rules once and runs them changed and changed again, where
// Jest would load them again for each of two thousand changes. What the tests use beyond Mocha's own words comes from
// Jest's own packages.
const { readdirSync } = require('node:fs')
const { join } = require('node:path')
const { expect } = require('expect')
const fc = require('fast-check')
const { bind } = require('jest-each')

// A mutant meets the same few examples each time, and none is looked for that would be nicer to read.
fc.configureGlobal({ numRuns: 20, seed: 1, endOnFailure: true })
Object.assign(globalThis, { expect, test: it })
for (const name of [test, it]) name.each = bind(it, false)

const source = join(__dirname, '..', 'src')
// The README's test speaks of the whole repository, of which only `shared` is here; no mutant touches it.
const isOfRules = (file) => file.endsWith('.test.ts') && file !== 'readme.test.ts'
// A law is asked last: where a plain test has noticed the mutant, its many examples need not be run.
const isLaw = (file) => file.includes('laws')
const files = readdirSync(source, { recursive: true }).filter(isOfRules).sort()
for (const file of files.sort((a, b) => isLaw(a) - isLaw(b))) {
  describe(file, () => {
    require(join(source, file))
  })
}
