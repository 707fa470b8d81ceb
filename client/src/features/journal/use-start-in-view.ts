import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * The page of today in view, as one opens a paper journal: more of what was than of what will be. Columns that are drawn
 * later, from `from` on, may turn out wider than their blank: what is in view stays where it is.
 */
export function useStartInView(at: number, from: number): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null)
  const start = useRef(at)
  const former = useRef<number | null>(null)
  useLayoutEffect(() => {
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-row="0"][data-column="${start.current}"]`,
    )
    if (!scroller.current || !cell || start.current < from) return
    const left = cell.offsetLeft
    if (former.current === null) {
      const names = scroller.current.querySelector<HTMLElement>('.journal-corner')?.offsetWidth ?? 0
      scroller.current.scrollLeft = left - names - (scroller.current.clientWidth - names) * 0.6
    } else if (left !== former.current) {
      scroller.current.scrollLeft += left - former.current
    }
    former.current = left
  }, [from])
  return scroller
}
