import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname

/** A folder that a server serves, where one version of the application can take the place of another. */
export class Builds {
  private constructor(
    /** What the server serves. */
    readonly served: string,
    readonly next: string,
  ) {}

  /** The application as it is built now, and beside it the same under another version number. */
  static async make(): Promise<Builds> {
    const [served, next] = await Promise.all(['served', 'next'].map((name) => folder(name)))
    if (!served || !next) throw new Error('no folder')
    await Promise.all([
      cp(process.env['CLIENT_DIR'] ?? join(root, 'client/dist'), served, { recursive: true }),
      build(next),
    ])
    return new Builds(served, next)
  }

  /** The school installs the next version: files of the former one are no longer there. */
  async install(): Promise<void> {
    for (const name of await readdir(this.served)) await rm(join(this.served, name), { recursive: true })
    await cp(this.next, this.served, { recursive: true })
  }

  async discard(): Promise<void> {
    await Promise.all([this.served, this.next].map((path) => rm(path, { recursive: true, force: true })))
  }
}

function folder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `zvonok-${name}-`))
}

async function build(outDir: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/app/build-next.ts', outDir], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the next version could not be built: ${String(code)}`)
}
