import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { demoKinds, type DemoKind } from './demo/demo'

export interface Config {
  host: string
  port: number
  /** Absolute. */
  dataDir: string
  /** The built application, absolute; null: the one built in this repository. */
  clientDir: string | null
  /** Null: the embedded store in `dataDir`. */
  couchdb: string | null
  demo: DemoKind | null
  /** How many schools the demo has. */
  schools: number
  seed: string
  /** ISO instant where the demo's clock starts. */
  clock: string | null
  tls: { cert: string; key: string } | null
  trustProxy: boolean | number | string
  logLevel: string
}

/** What is wrong with the settings, in sentences for whoever starts the server. */
export class ConfigFault extends Error {
  override name = 'ConfigFault'
}

/** A region: more would need longer ids. */
const mostSchools = 1000
const logLevels = ['silent', 'error', 'warn', 'info', 'debug']

/** Reads the settings from environment variables (`docs/operating.md`). Throws `ConfigFault` with every fault found. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const get = (name: string) => env[name]?.trim() || null
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | null => {
    const value = get(name)
    if (value === null || (allowed as readonly string[]).includes(value)) return value as T | null
    faults.push(`${name} is "${value}": it can be ${allowed.join(', ')}.`)
    return null
  }

  const port = Number(get('PORT') ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    faults.push('PORT must be a number from 0 to 65535.')

  const demo = oneOf('DEMO', demoKinds)
  const clock = get('CLOCK')
  if (clock && !isInstant(clock)) faults.push('CLOCK must be an instant such as 2026-09-16T06:40:00Z.')
  if (clock && !demo) faults.push('CLOCK works only with DEMO: a real school’s time cannot be set.')

  const schools = Number(get('SCHOOLS') ?? 1)
  if (!Number.isInteger(schools) || schools < 1 || schools > mostSchools)
    faults.push(`SCHOOLS must be a number from 1 to ${mostSchools}.`)
  else if (schools > 1 && demo !== 'full')
    faults.push('SCHOOLS works only with DEMO=full: the other demos are one school each.')

  const couchdb = get('COUCHDB_URL')
  if (couchdb && !/^https?:\/\/[^/]+/.test(couchdb))
    faults.push('COUCHDB_URL must begin with http:// or https://.')

  const [certFile, keyFile] = [get('TLS_CERT'), get('TLS_KEY')]
  if ((certFile === null) !== (keyFile === null))
    faults.push('TLS_CERT and TLS_KEY go together: set both or neither.')
  const tls = certFile && keyFile ? { cert: certFile, key: keyFile } : null
  for (const [name, file] of Object.entries({ TLS_CERT: tls?.cert, TLS_KEY: tls?.key })) {
    if (file && !isReadable(file)) faults.push(`${name}: the file ${file} cannot be read.`)
  }

  const client = get('CLIENT_DIR')
  const clientDir = client && resolve(client)
  if (clientDir && !isReadable(join(clientDir, 'index.html')))
    faults.push(`CLIENT_DIR: there is no index.html in ${clientDir}.`)

  const logLevel = oneOf('LOG_LEVEL', logLevels) ?? (demo ? 'warn' : 'info')
  if (faults.length > 0) throw new ConfigFault(faults.join('\n'))
  return {
    // Without TLS passwords would cross the network in the open, so that must be somebody's decision.
    host: get('HOST') ?? (tls ? '0.0.0.0' : '127.0.0.1'),
    port,
    dataDir: resolve(get('DATA_DIR') ?? 'data'),
    clientDir,
    couchdb,
    demo,
    schools,
    seed: get('SEED') ?? 'zvonok',
    clock,
    tls,
    trustProxy: trustProxyOf(get('TRUST_PROXY')),
    logLevel,
  }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) && Number.isFinite(Date.parse(text))
}

function isReadable(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}

// As Express reads it: a number of proxies, or their addresses and names (`loopback`).
function trustProxyOf(text: string | null): Config['trustProxy'] {
  if (text === null || text === '0' || text === 'false') return false
  if (text === 'true') return 1
  return /^\d+$/.test(text) ? Number(text) : text
}
