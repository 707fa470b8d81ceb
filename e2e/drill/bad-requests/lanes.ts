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

  async function lane(index: number): Promise<void> {
    let failedAt: number | null = null
    const property = fc.asyncProperty(arbitrary, async (plan) => {
      // A smaller example is worth half a minute.
      fc.pre(failedAt === null || performance.now() - failedAt < shrinkFor)
      const faults = await ask(plan)
      if (faults.length === 0) return
      failedAt ??= performance.now()
      throw new Error(faults.join('; '))
    })
    // The same seed and lane give the same requests; what they meet depends on what the others did meanwhile.
    const parameters = { seed: seed * 1000 + index, numRuns: Math.ceil(requests / lanes), maxSkipsPerRun: 0 }
    const result = await fc.check(property, parameters)
    if (result.failed) drilled.failures.push(tell(result, `seed ${seed}, lane ${index} of ${lanes}`))
  }

  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)))
  return drilled
}

function tell(result: fc.RunDetails<[Plan]>, where: string): string {
  const [plan] = result.counterexample ?? []
  const why =
    result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
  return `${where}, request ${result.numRuns} (shrunk ${result.numShrinks} times): ${why}\n  ${JSON.stringify(plan)}`
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
