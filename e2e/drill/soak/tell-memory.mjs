// Preloaded into the server (`NODE_OPTIONS=--import`) by the soak: every so often one line on what its memory holds after a
// full collection. What is left then is held by somebody: a slope of it is a leak, a slope of RSS alone may be the allocator.
// And how long nobody was answered meanwhile, at worst; the collection itself is not counted.
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const { ZVONOK_MEMORY_FILE: file, ZVONOK_MEMORY_EVERY: every } = process.env
if (file && isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  setInterval(
    () => {
      const stall = Math.round(delay.max / 1e6)
      globalThis.gc?.()
      const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
      appendFileSync(
        file,
        `${JSON.stringify({ at: Date.now(), rss, heapUsed, external, arrayBuffers, stall })}\n`,
      )
      delay.reset()
    },
    Number(every ?? 10_000),
  ).unref()
}
