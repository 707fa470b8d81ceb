import * as fc from 'fast-check'
import { wellFormed } from 'shared/plain/json'
import { isWellFormed } from 'shared/plain/well-formed'
import {
  breakBody,
  packings,
  valueFault,
  wholeFaults,
  type Packing,
  type ValueFault,
  type WholeFault,
} from './break-body'
import { breakHead, headFault } from './break-head'
import { dress, entryPlan, hints, type EntryPlan, type Sent } from './entries'
import { arbitraryOf, oddTexts } from './from-schema'
import type { Interface, Route } from './interface'
import { everybody, type Who, type World } from './people'
import type { Wire } from './send'

/** One request with all that is wrong with it, as it is printed when it finds a fault. */
export interface Plan {
  who: Who
  route: string
  parameters: string[]
  body: unknown
  entries: EntryPlan[]
  values: ValueFault[]
  whole: WholeFault | null
  packing: Packing | null
  head: string[]
}

/** Every route of the interface, with bodies that fit its schema and up to a handful of faults. */
export function plans({ routes, schemas }: Interface, { checkpoints }: World): fc.Arbitrary<Plan> {
  const entry = entryPlan(arbitraryOf(schemas['Entry'] ?? {}, schemas, hints))
  const known = { ...hints, checkpoint: checkpoints }
  const perRoute = routes.map((route) => {
    const body = route.body ? arbitraryOf(schemas[route.body] ?? {}, schemas, known) : fc.constant(null)
    return fc.record({
      who: fc.constantFrom(...everybody),
      route: fc.constant(nameOf(route)),
      parameters: parametersOf(route),
      body,
      entries:
        route.body === 'PushEnvelope'
          ? fc.array(entry, { minLength: 1, maxLength: 4 })
          : fc.constant<EntryPlan[]>([]),
      values: fc.oneof(
        { arbitrary: fc.constant<ValueFault[]>([]), weight: 1 },
        { arbitrary: fc.array(valueFault, { minLength: 1, maxLength: 3 }), weight: 3 },
      ),
      whole: rarely(fc.constantFrom(...(Object.keys(wholeFaults) as WholeFault[])), 9),
      packing: rarely(packing, 14),
      head: fc.oneof(
        { arbitrary: fc.constant<string[]>([]), weight: 3 },
        { arbitrary: fc.array(headFault, { minLength: 1, maxLength: 2 }), weight: 2 },
      ),
    })
  })
  // A push has the most ways to be wrong.
  const weights = routes.map(({ body }) => (body === 'PushEnvelope' ? 6 : body ? 3 : 1))
  return fc.oneof(...perRoute.map((arbitrary, i) => ({ arbitrary, weight: weights[i] ?? 1 })))
}

// Those that fill a network or a core come seldom: what they prove does not grow with their number.
const heavy: Packing[] = ['9 MB', 'a gzip bomb']
const light = (Object.keys(packings) as Packing[]).filter((name) => !heavy.includes(name))
const packing: fc.Arbitrary<Packing> = fc.oneof(
  { arbitrary: fc.constantFrom(...light), weight: 60 },
  { arbitrary: fc.constantFrom(...heavy), weight: 1 },
)

function rarely<T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | null> {
  return fc.oneof({ arbitrary: fc.constant(null), weight: oneIn - 1 }, { arbitrary, weight: 1 })
}

function parametersOf({ parameters }: Route): fc.Arbitrary<string[]> {
  return fc.tuple(
    ...parameters.map(({ name }) => {
      const texts = [...(hints[name] ?? ['x', '0', 'A'.repeat(43)]), ...oddTexts.filter(isWellFormed)]
      return fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 60 }))
    }),
  )
}

export function nameOf({ method, path }: Route): string {
  return `${method} ${path}`
}

export interface Composed {
  wire: Wire
  /** The entries as they were meant, before anything was broken: what may stand in the journal afterwards. */
  entries: unknown[]
}

/** The plan as bytes. Ends of sessions go out under sessions that may end. */
export function compose(plan: Plan, route: Route, world: World, sent: Sent): Composed {
  const known = world.known[plan.who]
  const ends = route.method === 'DELETE' || route.path === '/api/session'
  const spare = known.spare.at(plan.parameters.join().length % Math.max(1, known.spare.length))
  const cookie = ends ? (spare?.cookie ?? '') : known.cookie
  const author = known.person?.session.person ?? 'nobody'
  const entries = plan.entries.map((entry) => dress(entry, author, world.db, sent))
  const meant = plan.entries.length > 0 ? { ...(plan.body as object), entries } : plan.body
  const headers: [string, string][] = cookie ? [['cookie', cookie]] : []
  let body: Buffer | null = null
  if (route.body) {
    const text = breakBody(meant, plan.values)
    body = plan.whole ? wholeFaults[plan.whole](text) : Buffer.from(text)
    headers.push(['content-type', 'application/json'])
    if (plan.packing) {
      const { encoding, pack } = packings[plan.packing]
      body = pack(body)
      if (encoding) headers.push(['content-encoding', encoding])
    }
  }
  const wire: Wire = {
    method: route.method,
    target: targetOf(route, plan.parameters),
    headers,
    body,
    way: 'whole',
  }
  breakHead(wire, plan.head)
  return { wire, entries }
}

function targetOf({ path, parameters }: Route, values: readonly string[]): string {
  const query = new URLSearchParams()
  let target = path
  for (const [i, { name, in: place }] of parameters.entries()) {
    const value = values[i] ?? ''
    if (place === 'path')
      target = target.replace(`{${name}}`, encodeURIComponent(wellFormed(value) as string))
    else query.append(name, value)
  }
  return query.size > 0 ? `${target}?${query.toString()}` : target
}
