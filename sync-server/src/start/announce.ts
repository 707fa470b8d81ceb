import { networkInterfaces } from 'node:os'
import type { DemoDocument } from '../accounts/documents'
import type { SetUp } from '../accounts/set-up'
import type { Config } from '../config'
import { isLocal, isWildcard } from './listen'

export interface Announcement {
  url: string
  config: Config
  demo: DemoDocument | null
  setUp: SetUp | null
  hasClient: boolean
}

/** What whoever started the server reads: one line that it listens, and what they need to know next. */
export function announce({ url, config, demo, setUp, hasClient }: Announcement): string[] {
  const lines = [`Zvonok listens at ${url}`]
  if (isWildcard(config.host))
    lines.push(...ownAddresses().map((address) => `  also ${withHost(url, address)}`))
  if (!hasClient) lines.push('The application is not built, so only /api is served: npm run build.')
  if (!config.tls && config.trustProxy === false && !isLocal(config.host)) {
    lines.push(
      'Warning: no TLS. On other machines browsers give neither offline work nor encryption without https,',
      'and passwords cross the network in the open. Set TLS_CERT and TLS_KEY, or put a TLS proxy in front.',
    )
  }
  if (setUp) lines.push(`No school yet. Set-up code, valid until the next start: ${setUp.code}`)
  if (demo) lines.push(...demoLines(demo))
  return lines
}

/** As many as a screen holds: of a region of schools the first one's. */
const mostShown = 20

function demoLines({ signIns: all }: DemoDocument): string[] {
  const signIns = all.slice(0, mostShown)
  const widest = (pick: (one: DemoDocument['signIns'][number]) => string) =>
    Math.max(0, ...signIns.map((one) => pick(one).length))
  const [logins, passwords] = [widest(({ login }) => login), widest(({ password }) => password)]
  return [
    'Demo school. Sign in as:',
    ...signIns.map(
      ({ login, password, name, note }) =>
        `  ${login.padEnd(logins)}  ${password.padEnd(passwords)}  ${[name, note].filter(Boolean).join(' — ')}`,
    ),
    ...(all.length > mostShown ? [`  and ${all.length - mostShown} more: GET /api/demo`] : []),
  ]
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)
}

function withHost(url: string, host: string): string {
  const changed = new URL(url)
  changed.hostname = host
  return changed.origin
}
