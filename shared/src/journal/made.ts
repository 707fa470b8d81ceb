import * as z from 'zod/mini'

const instant = z.int().check(z.gte(0), z.lte(8_640_000_000_000_000))

/**
 * What a device's clocks said at one moment: `wall` ms since 1970 by its own calendar clock, `mono` ms since `boot`
 * by a clock that nobody can set, `jumps` how often the wall clock was seen to go back since the last contact.
 */
export const clockReading = z.strictObject({
  // In the order of their names, here and below: what is read in order is spelt for its hash at once.
  boot: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/)),
  jumps: z.int().check(z.gte(0), z.lte(1e6)),
  mono: z.number().check(z.gte(0), z.lte(1e13)),
  wall: instant,
})
export type ClockReading = z.infer<typeof clockReading>

/** A fact of the server that the device carries: its time at the last contact, and what the device's clocks said then. */
export const contact = z.strictObject({
  clock: clockReading,
  time: instant,
  token: z.string().check(z.maxLength(100)),
})
export type Contact = z.infer<typeof contact>

/** The evidence of when an entry was made (T1, T2). `contact` is null before the first contact ever. */
export const made = z.strictObject({ clock: clockReading, contact: z.nullable(contact) })
export type Made = z.infer<typeof made>

/** When an entry was made, as the server fixes it: ms since 1970, both ends included. */
export const interval = z.strictObject({ from: instant, to: instant })
export type Interval = z.infer<typeof interval>

export interface ArrivalFacts {
  /** When the server received the entry. */
  received: number
  /** What the device's clocks said when it sent the entry, where it told. */
  clock: ClockReading | null
  /** Receipt times of entries by others that this one has seen: it cannot be older than they are. */
  seen: readonly number[]
  /** `sync.clockToleranceSeconds`, in ms. */
  tolerance: number
  /** The embedded contact carries this server's own token. */
  contactProven: boolean
}

/**
 * Fixes the interval in which an entry was made (T1, T2): inside [newest embedded server fact, received] always;
 * narrowed by the monotonic clock within one boot, by a steady wall clock across restarts, and by nothing else.
 */
export function fixMade(made: Made, facts: ArrivalFacts): Interval {
  const { received, tolerance } = facts
  const contact = facts.contactProven ? made.contact : null
  const earliest = Math.min(received, Math.max(0, ...facts.seen, contact?.time ?? 0))
  // A monotonic clock may sleep but never runs fast, so each side of it is a true bound (T2, same boot).
  const sinceContact = (contact?.time ?? 0) + elapsed(contact?.clock, made.clock)
  const from = clamp(Math.floor(sinceContact), earliest, received)
  const to = clamp(Math.ceil(received - elapsed(made.clock, facts.clock)), from, received)
  if (to - from <= 2 * tolerance) return { from, to }

  const steady =
    contact !== null &&
    facts.clock !== null &&
    facts.clock.jumps === 0 &&
    made.clock.jumps === 0 &&
    Math.abs(contact.time - contact.clock.wall - (received - facts.clock.wall)) <= tolerance
  if (!steady) return { from, to }
  const claimed = made.clock.wall + (contact.time - contact.clock.wall)
  if (claimed < from - tolerance || claimed > to + tolerance) return { from, to }
  return { from: Math.max(from, claimed - tolerance), to: Math.min(to, claimed + tolerance) }
}

/** How far (ms) the monotonic clock went between two readings: 0 where that cannot be told, across restarts. */
function elapsed(before: ClockReading | null | undefined, after: ClockReading | null): number {
  return before && before.boot === after?.boot ? Math.max(0, after.mono - before.mono) : 0
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/**
 * The device's own best guess of when it made an entry, on the server's clock: for showing and for its own overlay, never
 * evidence. A sleeping tablet's monotonic clock stands still, so within one boot the wall clock may only add to it.
 */
export function guessMade({ clock, contact }: Made): number {
  if (!contact) return clock.wall
  const byWall = clock.wall + (contact.time - contact.clock.wall)
  if (contact.clock.boot !== clock.boot) return byWall
  const byMono = Math.round(contact.time + elapsed(contact.clock, clock))
  return clock.jumps === 0 ? Math.max(byMono, byWall) : byMono
}
