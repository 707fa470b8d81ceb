import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useLanguage } from '../../text/use-language'
import { useBadge } from './use-badge'
import './sync-badge.css'

/** Where things are, in the same corner of each screen (OFF-12). A tap opens the list. */
export function SyncBadge() {
  const badge = useBadge(useLanguage())
  return (
    <span className="sync-badge-box">
      <Link href="/unsent" className={`sync-badge sync-badge-${badge.is}`}>
        <span className="sync-badge-sign" aria-hidden="true">
          {badge.sign}
        </span>
        <span className="sync-badge-label">{badge.label}</span>
        <span className="sync-badge-short" aria-hidden="true">
          {badge.short}
        </span>
      </Link>
      <Announcement is={badge.is} label={badge.label} />
    </span>
  )
}

/**
 * Tells a screen reader when the state becomes another one. A count that ticks while a class is being filled, or the
 * minute of the last contact, is not spoken.
 */
function Announcement({ is, label }: { is: string; label: string }) {
  const [said, setSaid] = useState({ is, label: '' })
  useEffect(() => {
    if (is === said.is) return
    // A state that lasts less than this was on its way to another one.
    const timer = setTimeout(() => setSaid({ is, label }), 1500)
    return () => clearTimeout(timer)
  }, [is, label, said.is])
  return <output className="visually-hidden">{said.label}</output>
}
