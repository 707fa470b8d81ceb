import type { Interface, Route } from './interface'
import type { Composed, Plan } from './request'
import type { Heard } from './send'
import type { World } from './people'

/** What Node's own reader of HTTP answers before the server's code hears of a request. */
const unread = new Set([0, 400, 408, 413, 417, 431])
/** What no reply may tell: where the server lives and how it is written. */
const innards =
  /node_modules|\bat [\w.<>]+ \(|\.[cm]?[jt]s:\d+|file:\/\/|\/(?:home|work|usr|tmp|root|var)\/|SyntaxError|TypeError|RangeError|ECONN|ENOENT|sync-server|levelup|pouch/i
/** Generous: two cores that others share stall for seconds. */
const slow = 15_000

/** Everything that is wrong with a reply; empty when nothing is. */
export function faultsOf(
  plan: Plan,
  { wire }: Composed,
  heard: Heard,
  { routes, isError }: Interface,
  world: World,
): string[] {
  const faults: string[] = []
  const { status, text, headers } = heard
  if (status >= 500) faults.push(`answered ${status}`)
  if (heard.ms > slow) faults.push(`took ${Math.round(heard.ms)} ms`)
  const sent = `${wire.target}\n${wire.headers.join('\n')}\n${wire.body?.toString() ?? ''}`
  const told = innards.exec(text)?.[0]
  if (told !== undefined && !sent.includes(told)) faults.push(`tells of its innards: ${told}`)
  if (!isOpen(wire.target)) {
    const foreign = world.known[plan.who].foreign.exec(text)?.[0]
    if (foreign !== undefined && !sent.includes(foreign)) faults.push(`tells ${plan.who} of ${foreign}`)
  }
  if (wire.way !== 'whole' && unread.has(status) && text === '') return faults
  if (status === 431 || status === 417 || (status === 0 && isLarge(wire))) return faults
  const route = routeOf(wire, routes)
  if (!wire.target.toLowerCase().startsWith('/api/') || wire.method === 'HEAD' || wire.way !== 'whole')
    return faults.concat(strayFaults(heard))
  if (headers['zvonok-time'] === undefined) faults.push('does not tell the time')
  const body = jsonOf(text)
  const replies = route?.replies.get(status)
  if (route && !replies)
    faults.push(`answered ${status}, which ${route.method} ${route.path} does not document`)
  if (status >= 400) {
    if (!isError(body)) faults.push(`refused ${status} without saying why: ${text.slice(0, 200)}`)
    else if (replies && !replies.codes.has((body as { error: string }).error))
      faults.push(`refused with an undocumented ${text.slice(0, 100)}`)
  } else if (!route && headers['allow'] === undefined)
    faults.push(`answered ${status} where there is no route`)
  else if (replies?.fits && !replies.fits(body))
    faults.push(`a reply that does not fit: ${JSON.stringify(replies.fits.errors?.[0])}`)
  return faults
}

// Outside of the interface there are pages only: one of ours, or a refusal.
function strayFaults({ status, text, headers }: Heard): string[] {
  if (status < 400 || status >= 500 || text === '') return []
  const isJson = String(headers['content-type']).startsWith('application/json')
  return isJson && jsonOf(text) !== null ? [] : [`refused ${status} in other words: ${text.slice(0, 100)}`]
}

/** Refused before all of it was sent: the answer may be lost with the connection. */
function isLarge({ body, headers }: Composed['wire']): boolean {
  return (body?.length ?? 0) > 65_536 || headers.join().length > 8_192
}

/** Told to everybody, names and all, while the demo school is the only one. */
function isOpen(target: string): boolean {
  return /^\/api\/+(?:demo|openapi\.json)/i.test(pathOf(target))
}

/** The route that this request goes to, however it is spelled; null for none. */
export function routeOf(
  { method, target }: { method: string; target: string },
  routes: readonly Route[],
): Route | null {
  const path = pathOf(target).toLowerCase().replace(/\/$/, '')
  return (
    routes.find(
      (route) =>
        route.method === method &&
        new RegExp(
          `^${route.path
            .toLowerCase()
            .replaceAll('.', '\\.')
            .replace(/\{\w+\}/g, '[^/]+')}$`,
        ).test(path),
    ) ?? null
  )
}

/** A target may name a host before its path, and a query after it. */
function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
