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
  const within = (from: number, to: number): Interval => {
    const low = Math.min(received, Math.max(earliest, Math.floor(from)))
    return { from: low, to: Math.max(low, Math.min(received, Math.ceil(to))) }
  }
  // A monotonic clock may sleep but never runs fast, so each side of it is a true bound (T2, same boot).
  const sinceContact = contact?.clock.boot === made.clock.boot ? made.clock.mono - contact.clock.mono : null
  const untilArrival = facts.clock?.boot === made.clock.boot ? facts.clock.mono - made.clock.mono : null
  const low = contact && sinceContact !== null && sinceContact >= 0 ? contact.time + sinceContact : earliest
  const high = untilArrival !== null && untilArrival >= 0 ? received - untilArrival : received
  const byMono = within(low, Math.max(low, high))
  if (byMono.to - byMono.from <= 2 * tolerance) return byMono

  const steady =
    contact !== null &&
    facts.clock !== null &&
    facts.clock.jumps === 0 &&
    made.clock.jumps === 0 &&
    Math.abs(contact.time - contact.clock.wall - (received - facts.clock.wall)) <= tolerance
  if (!steady) return byMono
  const claimed = made.clock.wall + (contact.time - contact.clock.wall)
  if (claimed < byMono.from - tolerance || claimed > byMono.to + tolerance) return byMono
  return {
    from: Math.max(byMono.from, Math.min(byMono.to, claimed - tolerance)),
    to: Math.min(byMono.to, Math.max(byMono.from, claimed + tolerance)),
  }
}

/**
 * The device's own best guess of when it made an entry, on the server's clock: for showing and for its own overlay, never
 * evidence. A sleeping tablet's monotonic clock stands still, so within one boot the wall clock may only add to it.
 */
export function guessMade({ clock, contact }: Made): number {
  if (!contact) return clock.wall
  const byWall = clock.wall + (contact.time - contact.clock.wall)
  if (contact.clock.boot !== clock.boot) return byWall
  const byMono = Math.round(contact.time + Math.max(0, clock.mono - contact.clock.mono))
  return clock.jumps === 0 ? Math.max(byMono, byWall) : byMono
}
