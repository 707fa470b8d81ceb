import { Workbox } from 'workbox-window'
import { afterTyping, onTakeOver } from './take-over'

/** New versions of the application: one waits until the person agrees to it. */
export interface Updates {
  ready(): boolean
  subscribe(listener: () => void): () => void
  /** Takes the waiting version into use; the page is loaded again once nobody is typing in it. */
  accept(): void
  /** What has to be on disk before the page is loaded again; returns how to take it back. */
  waitFor(settled: () => Promise<void>): () => void
}

const lookAgainEvery = 3_600_000

/** Registers the service worker, and tells when a newer one waits. Development has none. */
export function watchForUpdates(isBuilt = import.meta.env.PROD): Updates {
  const listeners = new Set<() => void>()
  const kept = new Set<() => Promise<void>>()
  let ready = false
  const worker = isBuilt && 'serviceWorker' in navigator ? new Workbox('/service-worker.js') : null

  function tell(): void {
    ready = true
    for (const listener of listeners) listener()
  }

  async function reload(): Promise<void> {
    await Promise.all([...kept].map((settled) => settled().catch(sayNothing)))
    location.reload()
  }

  if (worker) {
    worker.addEventListener('waiting', tell)
    // Another tab may have agreed: this one's files are gone from the cache, so it has to follow.
    onTakeOver(navigator.serviceWorker, () => afterTyping(() => void reload()))
    void worker
      .register()
      .then(() => setInterval(() => void worker.update().catch(sayNothing), lookAgainEvery))
      .catch(sayNothing)
  }

  return {
    ready: () => ready,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    accept: () => worker?.messageSkipWaiting(),
    waitFor(settled) {
      kept.add(settled)
      return () => kept.delete(settled)
    },
  }
}

// Without a network there is no newer version to be had; the next look is soon enough.
function sayNothing(): void {}
