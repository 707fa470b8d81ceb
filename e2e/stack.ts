import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Patience } from './patience'

const root = new URL('..', import.meta.url).pathname
/** A CouchDB that the stories may empty: each begins with a new school. Unset: the embedded store. */
const couchdb = process.env['E2E_COUCHDB_URL']
/** Where the servers leave a profile of their processor as they end: what holds a figure is in it. */
const profiles = process.env['PROFILE_DIR']
const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []

export interface StackOptions {
  demo?: 'small' | 'fixture' | 'full'
  /** The server's clock starts here: e2e stories happen on a school day, whatever day it is outside. */
  clock?: string
  dataDir?: string
  port?: number
  /** The built application to serve; without it the one in `client/dist`. */
  clientDir?: string
  /** The store, which is emptied first: an address, or null for the embedded one. Unset: as `E2E_COUCHDB_URL` says. */
  couchdb?: string | null
  /** Further settings of the server. */
  env?: Record<string, string>
}

/** The built product as an operator runs it, on a free port, with a data folder of its own. */
export class Stack {
  #process: ChildProcess | null = null
  #output = ''

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    readonly options: StackOptions,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get couchdb(): string | null {
    return this.options.couchdb === undefined ? (couchdb ?? null) : this.options.couchdb
  }

  /** The server's process id, or null while it is down. */
  get pid(): number | null {
    return this.#process?.pid ?? null
  }

  get output(): string {
    return this.#output
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'zvonok-e2e-')))
    const stack = new Stack(options.port ?? (await freePort()), dataDir, options)
    const couch = stack.couchdb
    if (couch) await emptyCouch(couch)
    await stack.launch()
    return stack
  }

  /** Starts the server again over the same data, on the same port. */
  async launch(clock = this.options.clock): Promise<void> {
    const { COUCHDB_URL: _operators, ...inherited } = process.env
    const env = {
      ...inherited,
      ...(this.couchdb ? { COUCHDB_URL: this.couchdb } : {}),
      PORT: String(this.port),
      HOST: '127.0.0.1',
      DATA_DIR: this.dataDir,
      DEMO: this.options.demo ?? 'fixture',
      ...(clock ? { CLOCK: clock } : {}),
      ...(this.options.clientDir ? { CLIENT_DIR: this.options.clientDir } : {}),
      ...this.options.env,
    }
    const child = spawn(process.execPath, [...profiling, '--import', 'tsx', 'sync-server/src/main.ts'], {
      cwd: root,
      env,
    })
    this.#process = child
    const keep = (chunk: Buffer) => (this.#output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    await this.#untilHealthy(child)
  }

  async #untilHealthy(child: ChildProcess): Promise<void> {
    const patience = new Patience(60_000, 2_000)
    while (patience.isLeft()) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended: ${this.#output}`)
      try {
        const reply = await fetch(`${this.url}/api/health`)
        const health = (await reply.json()) as { status: string }
        if (reply.ok && health.status === 'ok') return
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the server did not come up: ${this.#output}`)
  }

  /** Ends the server, politely or not, and waits until it is gone. */
  async kill(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process
    this.#process = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  async stop(): Promise<void> {
    await this.kill()
    if (!this.options.dataDir) await rm(this.dataDir, { recursive: true, force: true })
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

async function emptyCouch(address: string): Promise<void> {
  const { username, password, origin } = new URL(address)
  const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
  const names = (await (await fetch(`${origin}/_all_dbs`, { headers })).json()) as string[]
  for (const name of names) {
    if (name === 'accounts' || name.startsWith('journal-')) {
      await fetch(`${origin}/${name}`, { method: 'DELETE', headers })
    }
  }
}
