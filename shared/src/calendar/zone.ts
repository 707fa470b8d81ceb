import { TZDateMini } from '@date-fns/tz'
import type { Day } from '../journal/ids'

// Every entry asks for its day several times, every look for news once more. Since 2000 all zones have been off by whole
// quarters of an hour, and have changed at whole quarters: inside one it is one day.
const quarter = 900_000
const quartersKnownFrom = Date.UTC(2000, 0, 1)
const mostQuarters = 5000
const quarters = new Map<string, Map<number, Day>>()

/** The day in the school's zone at this instant (ms). */
export function dayOf(instant: number, zone: string): Day {
  if (!(instant >= quartersKnownFrom)) return zonedDayOf(instant, zone)
  const days = quarters.get(zone) ?? new Map<number, Day>()
  const at = Math.floor(instant / quarter)
  const known = days.get(at)
  if (known) return known
  const day = zonedDayOf(instant, zone)
  if (days.size >= mostQuarters) days.clear()
  quarters.set(zone, days.set(at, day))
  return day
}

function zonedDayOf(instant: number, zone: string): Day {
  const local = new TZDateMini(instant, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(local.getFullYear()).padStart(4, '0')}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
}

/** `HH:MM` in the school's zone at this instant (ms). */
export function timeOf(instant: number, zone: string): string {
  const local = new TZDateMini(instant, zone)
  return `${String(local.getHours()).padStart(2, '0')}:${String(local.getMinutes()).padStart(2, '0')}`
}

/**
 * The instant (ms) of a time of day in the school's zone. `24:00` is the end of the day.
 * @example instantAt('2026-09-16', '15:10', 'Europe/Moscow') // 2026-09-16T12:10:00Z
 */
export function instantAt(date: Day, time: string, zone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const { midnight, isEven } = dayIn(date, zone)
  return isEven ? midnight + (hours * 60 + minutes) * 60_000 : zoned(date, hours, minutes, zone)
}

interface ZonedDay {
  /** When the day begins (ms). */
  midnight: number
  /** No clock is put forward or back on it: its times of day are simple sums. */
  isEven: boolean
}

// Zone arithmetic costs 35 µs, a term has thousands of bells, and the same day is asked for again and again.
const days = new Map<string, ZonedDay>()
const mostDays = 5000

function dayIn(date: Day, zone: string): ZonedDay {
  const key = `${date} ${zone}`
  const known = days.get(key)
  if (known) return known
  const midnight = zoned(date, 0, 0, zone)
  const found = { midnight, isEven: zoned(date, 24, 0, zone) - midnight === 86_400_000 }
  if (days.size >= mostDays) days.clear()
  days.set(key, found)
  return found
}

function zoned(date: Day, hours: number, minutes: number, zone: string): number {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number)
  return new TZDateMini(year, month - 1, dayOfMonth, hours, minutes, 0, 0, zone).getTime()
}

/** Whether this is a zone that clocks know, as `Europe/Moscow`. In another no lesson would begin and no deadline end. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

/** The day `count` days later; no zone is needed, days are counted, not hours. */
export function addDays(date: Day, count: number): Day {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: Day): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}
