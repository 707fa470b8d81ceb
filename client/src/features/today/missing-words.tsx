import type { Missing } from 'shared/journal/missing'
import { dayOf, timeOf } from 'shared/calendar/zone'
import { dueLabel } from '../../text/refusals'
import { language, useText } from '../../text/text'
import { todayTexts } from '../../text/today'

/** «нет темы · нет ДЗ до 24:00», or that all is there. */
export function MissingWords({
  missing,
  now,
  zone,
}: {
  missing: readonly Missing[]
  now: number
  zone: string
}) {
  const text = useText(todayTexts)
  if (missing.length === 0) return <span className="today-filled">✓ {text.filled}</span>
  const dues = missing.flatMap(({ due }) => (due === null ? [] : [due]))
  const due = dues.length > 0 ? Math.min(...dues) : null
  return (
    <span className="today-missing">
      {missing.map(({ what }) => (
        <span key={what} className="today-lack">
          {text.missing[what]}
        </span>
      ))}
      {due !== null && <span>{due < now ? text.late : text.until(shortDue(due, now, zone))}</span>}
    </span>
  )
}

// «24:00» while it is today, the date with it otherwise.
function shortDue(due: number, now: number, zone: string): string {
  if (dayOf(due - 1, zone) !== dayOf(now, zone)) return dueLabel(due, zone, language())
  const time = timeOf(due, zone)
  return time === '00:00' ? '24:00' : time
}
