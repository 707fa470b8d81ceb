import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stack } from '../stack'

const root = new URL('../..', import.meta.url).pathname

export interface Ran {
  code: number | null
  says: string
  ms: number
}

type Verb = 'backup' | 'backup-keys' | 'restore'

/** The commands of an operator, run as processes of their own against the school that a stack serves. */
export class Operator {
  readonly secret: string

  constructor(
    readonly stack: Pick<Stack, 'dataDir'>,
    /** Where backups and keys are kept: not where the store is. */
    readonly folder: string,
    readonly couchdb: string | null,
  ) {
    this.secret = join(folder, 'secret.key')
  }

  makeKeys(): Promise<Ran> {
    return this.#run('backup-keys', ['--to', this.secret])
  }

  backUp(to: string): Promise<Ran> {
    return this.#run('backup', ['--to', to])
  }

  restore(from: string, options: { key?: string; to?: string; anchors?: string | null } = {}): Promise<Ran> {
    const { key = this.secret, to = this.stack.dataDir, anchors = null } = options
    const rest = anchors ? ['--anchors', anchors] : []
    return this.#run('restore', ['--from', from, '--key', key, '--to', to, ...rest])
  }

  /** A copy of a backup that something happened to. */
  async harmed(from: string, harm: (bytes: Buffer) => Buffer): Promise<string> {
    const file = join(this.folder, 'harmed.age')
    await writeFile(file, harm(await readFile(from)))
    return file
  }

  async #run(verb: Verb, flags: string[]): Promise<Ran> {
    const { COUCHDB_URL: _u, COUCHDB_ADMIN_URL: _a, INIT_CWD: _i, ...inherited } = process.env
    const env = {
      ...inherited,
      DATA_DIR: this.stack.dataDir,
      ...(this.couchdb ? { COUCHDB_URL: this.couchdb, COUCHDB_ADMIN_URL: this.couchdb } : {}),
    }
    const began = Date.now()
    const main = `sync-server/src/backup/${verb}-main.ts`
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], { cwd: root, env })
    let says = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (says += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, says: says.trim(), ms: Date.now() - began }
  }
}
