import { FaultProxy } from './proxy'
import { targetOf, through } from './kill-school'

const every = 500
const patience = 2_000

/**
 * What stands between a server and a cluster: it sends connections to one node, and to another when that one no longer
 * answers. A node that answers is trusted, also where it has lost the others: that is what makes conflicts.
 */
export class Balancer {
  #at: number
  /** How often it has moved to another node. */
  moves = 0
  readonly #timer: NodeJS.Timeout

  private constructor(
    readonly proxy: FaultProxy,
    readonly nodes: readonly string[],
    first: number,
  ) {
    this.#at = first
    this.#timer = setInterval(() => void this.#look(), every)
  }

  static async before(nodes: readonly string[], first: number): Promise<Balancer> {
    return new Balancer(await FaultProxy.to(targetOf(nodes[first] ?? '')), nodes, first)
  }

  /** The cluster's address by way of this. */
  get url(): string {
    return through(this.nodes[this.#at] ?? '', this.proxy.port)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.proxy.close()
  }

  async #look(): Promise<void> {
    if (await isUp(this.nodes[this.#at] ?? '')) return
    for (let step = 1; step < this.nodes.length; step += 1) {
      const next = (this.#at + step) % this.nodes.length
      if (!(await isUp(this.nodes[next] ?? ''))) continue
      this.#at = next
      this.moves += 1
      this.proxy.target = targetOf(this.nodes[next] ?? '')
      this.proxy.cut()
      return
    }
  }
}

export async function isUp(node: string): Promise<boolean> {
  try {
    const reply = await fetch(new URL('/_up', new URL(node).origin), {
      signal: AbortSignal.timeout(patience),
    })
    return reply.ok
  } catch {
    return false
  }
}
