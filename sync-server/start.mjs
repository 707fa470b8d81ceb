// What `npm start` and `npm run demo` run: builds the client where its sources are newer, then starts the server in this
// very process, so that signals and exit codes need no passing on.
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = [
  'client/src',
  'client/public',
  'client/index.html',
  'client/vite.config.ts',
  'shared/src',
  'package-lock.json',
]

if (process.argv.includes('--demo')) process.env.DEMO ||= 'small'
if (newest(sources) > newest(['client/dist/index.html'])) await buildClient()
register()
await import('./src/main.ts')

function newest(paths) {
  return Math.max(0, ...paths.map((path) => changedAt(join(root, path))))
}

function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

async function buildClient() {
  const start = Date.now()
  process.stdout.write('Building the application, about half a minute…\n')
  const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(
    /package\.json$/,
    'bin/vite.js',
  )
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'client'),
    stdio: 'inherit',
  })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) {
    process.stderr.write('The application could not be built: see above.\n')
    process.exit(1)
  }
  process.stdout.write(`Built in ${Math.round((Date.now() - start) / 1000)} s.\n`)
}
