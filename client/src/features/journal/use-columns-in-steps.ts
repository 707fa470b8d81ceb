import { startTransition, useEffect, useState } from 'react'

/** Which columns are drawn: `from` is the first, `to` comes after the last. */
export interface Drawn {
  from: number
  to: number
}

const narrowest = 46
const step = 12

/**
 * Draws the columns in view first, and the others right after it: a few with each frame, outwards, until the whole table
 * stands and is never taken down again. Scrolling, searching, printing and screen readers have all of it.
 */
export function useColumnsInSteps(count: number, start: number): { drawn: Drawn; drawAll: () => void } {
  const [drawn, setDrawn] = useState(() => inView(start))
  const isWhole = drawn.from <= 0 && drawn.to >= count
  useEffect(() => {
    if (isWhole) return undefined
    // After the frame that shows what is drawn so far.
    let timer = 0
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => startTransition(() => setDrawn(wider(drawn))))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [isWhole, drawn])
  const drawAll = () => setDrawn({ from: 0, to: count })
  return { drawn: { from: Math.max(0, drawn.from), to: Math.min(count, drawn.to) }, drawAll }
}

// The grid opens with this column at three fifths of its room, which is less than the window; and some to spare.
function inView(start: number): Drawn {
  const most = Math.ceil(window.innerWidth / narrowest)
  return { from: start - Math.ceil(most * 0.6), to: start + Math.ceil(most * 0.5) }
}

function wider({ from, to }: Drawn): Drawn {
  return { from: from - step, to: to + step }
}
