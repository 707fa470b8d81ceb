import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const root = new URL('../../..', import.meta.url).pathname

/** The built application, built anew where a source is younger; and a folder with it and the bench's own page. */
export async function builtClient(log: (line: string) => void): Promise<string> {
  const dist = join(root, 'client/dist')
  if (await isStale(join(dist, 'index.html'))) {
    log('  building the application')
    await npmBuild()
  }
  return dist
}

export async function clientWithPage(log: (line: string) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-bench-client-'))
  await cp(await builtClient(log), folder, { recursive: true })
  await build({
    root: join(root, 'e2e/bench/browser/page'),
    configFile: false,
    logLevel: 'error',
    base: '/bench/',
    resolve: { dedupe: ['dexie', 'rxdb', 'react'] },
    build: { outDir: join(folder, 'bench'), target: 'chrome123' },
  })
  return folder
}

async function isStale(built: string): Promise<boolean> {
  if (!existsSync(built)) return true
  const { mtimeMs } = await stat(built)
  for (const place of ['client', 'shared']) {
    for (const path of await readdir(join(root, place), { recursive: true })) {
      if (/(^|\/)(dist|node_modules)\/|\.test\.tsx?$|\.md$/.test(path)) continue
      const found = await stat(join(root, place, path))
      if (found.isFile() && found.mtimeMs > mtimeMs) return true
    }
  }
  return false
}

async function npmBuild(): Promise<void> {
  const child = spawn('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the application could not be built: ${String(code)}`)
}
