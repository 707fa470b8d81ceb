/** A page that comes to lie in the background paints no frames, and is told all the same. */
const longest = 100

/** Calls back before the next frame is painted: what comes together is drawn together, and what is urgent goes first. */
export function beforePaint(run: () => void): void {
  if (document.hidden) return run()
  const once = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, longest)
}
