import { useEffect, useRef, useState } from 'react'

/** The present time as `read` tells it, again every half minute and when the page comes back into view. */
export function useNow(read: () => number, every = 30_000): number {
  const [now, setNow] = useState(read)
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => {
    const look = () => setNow(latest.current())
    const timer = setInterval(look, every)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [every])
  return now
}
