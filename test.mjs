// `npm test`: everything that must hold before a change lands, in order of price. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const reports = mkdtempSync(join(tmpdir(), 'zvonok-test-'))
const jestReport = join(reports, 'jest.json')
const e2eReport = join(reports, 'e2e.json')
const simulationReport = join(reports, 'simulation.json')

/** Minutes for one step: far more than any takes, and less than a runner waits for. */
const limit = 15
const chromium = findChromium()
let passed = 0
let failed = 0
const notRun = []

step('types', 'npm', ['run', '--silent', 'types'])
step('lint', 'npm', ['run', '--silent', 'lint'])
step('format', 'npm', ['run', '--silent', 'format:check'])
counted(
  'unit, property and integration tests',
  'npx',
  ['jest', '--json', `--outputFile=${jestReport}`],
  () => {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(jestReport, 'utf8'),
    )
    return [numPassedTests, numFailedTests + numRuntimeErrorTestSuites]
  },
)
step('build', 'npm', ['run', '--silent', 'build'])
counted(
  'simulation, 1,000 runs',
  'npm',
  ['run', '--silent', 'simulate', '--', '--runs', '1000', '--seed', '1', '--report', simulationReport],
  () => {
    const { runs, failures } = JSON.parse(readFileSync(simulationReport, 'utf8'))
    return [runs - failures, failures]
  },
)
if (chromium) {
  counted(
    'end to end, in Chromium',
    'npm',
    ['run', '--silent', 'e2e'],
    () => {
      const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(e2eReport, 'utf8')).stats
      if (skipped > 0) notRun.push(`${skipped} end-to-end tests that say why they skip`)
      return [expected, unexpected + flaky]
    },
    { CHROMIUM: chromium, E2E_REPORT: e2eReport },
  )
} else {
  failed += 1
  console.log(
    '\nFAILED end to end: no Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
  )
}
if (process.env.COUCHDB_URL)
  step('CouchDB: store contract and integration', 'npm', ['run', '--silent', 'test:couchdb'])
else notRun.push('CouchDB: store contract and integration tests (set COUCHDB_URL, then npm run test:couchdb)')

for (const what of notRun) console.log(`NOT RUN ${what}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function run(name, command, args, env = {}) {
  const started = Date.now()
  console.log(`\n▶ ${name}`)
  // Ends a whole group of processes: nothing of a step that never ends outlives it.
  const limited = process.platform === 'linux' ? ['timeout', '--kill-after=10', `${limit}m`] : []
  const [program, ...rest] = [...limited, command, ...args]
  const { status } = spawnSync(program, rest, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const seconds = Math.round((Date.now() - started) / 1000)
  const ended = status === 0 ? '✓' : status === 124 || status === 137 ? 'FAILED (did not end)' : 'FAILED'
  console.log(`${ended} ${name}, ${seconds} s`)
  return status === 0
}

function step(name, command, args) {
  if (run(name, command, args)) passed += 1
  else failed += 1
}

function counted(name, command, args, read, env) {
  const ok = run(name, command, args, env)
  let counts = [0, 1]
  try {
    counts = read()
  } catch (error) {
    console.log(`FAILED ${name}: no report (${error.message})`)
  }
  passed += counts[0]
  failed += Math.max(counts[1], ok ? 0 : 1)
  // A runner that ran nothing has shown nothing.
  if (counts[0] + counts[1] === 0) failed += 1
}

function findChromium() {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  const found = places.find((path) => path && existsSync(path))
  if (found) return found
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  console.log('▶ installing Chromium through apt-get')
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : null
}
