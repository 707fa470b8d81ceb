import { Workbox } from 'workbox-window'

/** New versions of the application: one waits until the person agrees to it. */
export interface Updates {
  ready(): boolean
  subscribe(listener: () => void): () => void
  /** Takes the waiting version into use; the page is loaded again once nobody is typing in it. */
  accept(): void
}

const lookAgainEvery = 3_600_000

/** Registers the service worker, and tells when a newer one waits. Development has none. */
export function watchForUpdates(isBuilt = import.meta.env.PROD): Updates {
  const listeners = new Set<() => void>()
  let ready = false
  const worker = isBuilt && 'serviceWorker' in navigator ? new Workbox('/service-worker.js') : null

  function tell(): void {
    ready = true
    for (const listener of listeners) listener()
  }

  if (worker) {
    worker.addEventListener('waiting', tell)
    // Another tab may have agreed: this one's files are gone from the cache, so it has to follow. The first worker ever
    // changes nothing for a page that came from the network.
    const isUpdate = navigator.serviceWorker.controller !== null
    worker.addEventListener('controlling', () => {
      if (isUpdate) afterTyping(() => location.reload())
    })
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
  }
}

/** Runs at once, or when the field that is being typed in has been left: leaving it is what keeps its text. */
export function afterTyping(run: () => void): void {
  const field = document.activeElement
  const isTyping = field instanceof HTMLElement && field.matches('input, textarea, select, [contenteditable]')
  if (!isTyping) {
    // A tick later: what the field's leaving wrote is on its way to the disk.
    setTimeout(run, 300)
    return
  }
  field.addEventListener('blur', () => afterTyping(run), { once: true })
}

// Without a network there is no newer version to be had; the next look is soon enough.
function sayNothing(): void {}
