// Every test of `shared` in one file: for each mutant Jest loads the modules once, not once for each of forty files.
const { readdirSync } = require('node:fs')
const { join } = require('node:path')

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
