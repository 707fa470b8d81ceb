/** How long requests took (ms), by route. What failed for want of a server is counted apart. */
export class Latencies {
  readonly #of = new Map<string, number[]>()
  failed = 0

  async timed(path: string, ask: () => Promise<Response>): Promise<Response> {
    const route = path.replace(/^.*\/api/, '/api').replace(/\?.*$/, '')
    const began = performance.now()
    try {
      const reply = await ask()
      const times = this.#of.get(route) ?? []
      times.push(performance.now() - began)
      this.#of.set(route, times)
      return reply
    } catch (error) {
      this.failed += 1
      throw error
    }
  }

  /** One line a route, for people. */
  lines(): string[] {
    return [...this.#of].sort().map(([route, times]) => {
      const sorted = Float64Array.from(times).sort()
      const at = (share: number) =>
        Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
      return `${route}: ${times.length} requests, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`
    })
  }
}
