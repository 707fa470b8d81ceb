import * as fc from 'fast-check'
import type { Receipt } from 'shared/journal/receipt'
import type { Sent } from './entries'
import type { Interface, Route } from './interface'
import { faultsOf } from './oracle'
import type { World } from './people'
import { compose, nameOf, plans, type Plan } from './request'
import { send } from './send'

export interface Drill {
  requests: number
  seed: number
  lanes: number
  onDone?: (done: number) => void
}

/** A smaller example is worth half a minute. */
const shrinkFor = 30_000

export interface Drilled {
  requests: number
  /** How often each status was heard, by who asked for what. */
  statuses: Map<string, Map<number, number>>
  /** The signed answers to entries, the last one to each. */
  receipts: Map<string, Receipt>
  /** Who handed in each entry, by its id. */
  offered: Map<string, Set<string>>
  failures: string[]
}

/** Sends bad requests over every route, some at a time, and holds every reply against the interface's own document. */
export async function drill(
  world: World,
  api: Interface,
  { requests, seed, lanes, onDone }: Drill,
): Promise<Drilled> {
  const drilled: Drilled = {
    requests: 0,
    statuses: new Map(),
    receipts: new Map(),
    offered: new Map(),
    failures: [],
  }
  const byName = new Map(api.routes.map((route) => [nameOf(route), route]))
  const sent: Sent = []
  const arbitrary = plans(api, world)

  async function ask(plan: Plan): Promise<string[]> {
    const route = byName.get(plan.route) as Route
    const composed = compose(plan, route, world, sent)
    noteOffered(composed.entries, world.known[plan.who].person?.session.person ?? '', drilled.offered)
    const heard = await send(world.url, composed.wire)
    drilled.requests++
    onDone?.(drilled.requests)
    const counts = drilled.statuses.get(plan.route) ?? new Map<number, number>()
    drilled.statuses.set(plan.route, counts.set(heard.status, (counts.get(heard.status) ?? 0) + 1))
    const isPush = route.path === '/api/push' && composed.wire.method === 'POST'
    if (heard.status === 200 && isPush) keepReceipts(heard.text, drilled.receipts)
    return faultsOf(plan, composed, heard, api, world)
  }

  let shrinkUntil = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(arbitrary, async (plan) => {
    fc.pre(performance.now() < shrinkUntil)
    const faults = await ask(plan)
    if (faults.length > 0) throw new Error(faults.join('; '))
  })

  async function lane(index: number): Promise<fc.RunDetails<[Plan]>> {
    // The same seed and lane give the same requests; what they meet depends on what the others did meanwhile.
    const numRuns = Math.ceil(requests / lanes)
    // Working out smaller examples can take a core for a minute: the other lanes would think the server slow.
    return fc.check(property, { seed: seed * 1000 + index, numRuns, endOnFailure: true })
  }

  const results = await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)))
  for (const [index, result] of results.entries()) {
    if (!result.failed) continue
    shrinkUntil = performance.now() + shrinkFor
    const path = result.counterexamplePath ?? ''
    const alone = await fc.check(property, { seed: result.seed, path })
    const told = alone.failed && alone.counterexample ? alone : result
    drilled.failures.push(tell(told, `seed ${seed}, lane ${index} of ${lanes}, request ${result.numRuns}`))
  }
  return drilled
}

function tell({ counterexample, errorInstance, numShrinks }: fc.RunDetails<[Plan]>, where: string): string {
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return `${where}, shrunk ${numShrinks} times: ${why}\n  ${JSON.stringify(counterexample?.[0])}`
}

function keepReceipts(text: string, receipts: Map<string, Receipt>): void {
  for (const receipt of (JSON.parse(text) as { receipts: Receipt[] }).receipts)
    receipts.set(receipt.entry, receipt)
}

function noteOffered(entries: readonly unknown[], by: string, offered: Drilled['offered']): void {
  for (const entry of entries) {
    const { id } = entry as { id: string }
    offered.set(id, (offered.get(id) ?? new Set()).add(by))
  }
}
