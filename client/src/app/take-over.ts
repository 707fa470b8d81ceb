type Container = Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>

/**
 * Runs when a newer service worker takes a page over. The first worker ever changes nothing for a page that came from
 * the network; the next one does, even if that page was never loaded again between.
 */
export function onTakeOver(container: Container, run: () => void): void {
  let isControlled = container.controller !== null
  container.addEventListener('controllerchange', () => {
    if (isControlled) run()
    isControlled = true
  })
}

/** Runs at once, or when the field that is being typed in has been left: leaving it is what keeps its text. */
export function afterTyping(run: () => void): void {
  const field = document.activeElement
  const isTyping = field instanceof HTMLElement && field.matches('input, textarea, select, [contenteditable]')
  if (!isTyping) {
    // A tick later: whoever leaves one field may be on the way to the next.
    setTimeout(() => (document.activeElement === field ? run() : afterTyping(run)), 300)
    return
  }
  field.addEventListener('blur', () => afterTyping(run), { once: true })
}
