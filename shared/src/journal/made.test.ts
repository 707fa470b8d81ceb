import { fixMade, guessMade, type ArrivalFacts, type ClockReading, type Made } from './made'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** 07:55 by the server: the last contact before the lessons. */
const contacted = Date.parse('2026-09-16T04:55:00Z')
const tolerance = 2 * minute

/** A device whose wall clock is `ahead` of the server's, its monotonic clock at zero at the contact. */
function reading(after: number, { ahead = 0, boot = 'b1', mono = after, jumps = 0 } = {}): ClockReading {
  return { wall: contacted + after + ahead, mono, boot, jumps }
}
function madeAt(clock: ClockReading, ahead = 0): Made {
  return { clock, contact: { time: contacted, token: 'proof', clock: reading(0, { ahead }) } }
}
function arriving(after: number, clock: ClockReading | null, over: Partial<ArrivalFacts> = {}): ArrivalFacts {
  return { received: contacted + after, clock, seen: [], tolerance, contactProven: true, ...over }
}
const at = (after: number) => contacted + after
const exactly = (after: number) => ({ from: at(after), to: at(after) })

describe('T2 within one boot the monotonic clock tells', () => {
  test('the moment itself, whatever the wall clock says', () => {
    const clock = reading(2 * hour, { ahead: 5 * day, jumps: 3 })
    expect(fixMade(madeAt(clock), arriving(12 * hour, reading(12 * hour)))).toEqual(exactly(2 * hour))
  })
  test('a sleeping device’s clock stands still: the bounds are where it slept, and a steady wall clock narrows them', () => {
    // Two hours of use, of which the monotonic clock saw one; then three hours, of which it saw two.
    const clock = reading(2 * hour, { mono: hour })
    const sent = reading(5 * hour, { mono: 3 * hour })
    expect(fixMade(madeAt(clock), arriving(5 * hour, sent))).toEqual({
      from: at(2 * hour - tolerance),
      to: at(2 * hour + tolerance),
    })
  })
  test.each([
    ['before and after the entry', 1, 1],
    ['before it alone', 1, 0],
    ['after it alone', 0, 1],
  ])('nor narrows them where it went back %s', (_when, before, after) => {
    const clock = reading(2 * hour, { mono: hour, jumps: before })
    const sent = reading(5 * hour, { mono: 3 * hour, jumps: after })
    expect(fixMade(madeAt(clock), arriving(5 * hour, sent))).toEqual({ from: at(hour), to: at(3 * hour) })
  })
  test('bounds no wider than the tolerance on both sides are good enough as they are', () => {
    // Asleep for `slept` since the contact: the entry was made somewhere in it, by the wall clock at its very end.
    const fixed = (slept: number) => {
      const clock = reading(hour + slept, { mono: hour })
      return fixMade(madeAt(clock), arriving(hour + slept, { ...clock }))
    }
    const whole = 2 * tolerance
    expect(fixed(whole)).toEqual({ from: at(hour), to: at(hour + whole) })
    expect(fixed(whole + 2)).toEqual({ from: at(hour + whole + 2 - tolerance), to: at(hour + whole + 2) })
  })
})

describe('T2 across restarts', () => {
  test('a clock as far off at this contact as at the last is trusted', () => {
    const clock = reading(2 * hour, { boot: 'b2', mono: 5 })
    expect(fixMade(madeAt(clock), arriving(12 * hour, reading(12 * hour, { boot: 'b3', mono: 9 })))).toEqual({
      from: at(2 * hour - tolerance),
      to: at(2 * hour + tolerance),
    })
  })
  test('SCN-30 three hours ahead, steadily, does no harm', () => {
    const ahead = 3 * hour
    const clock = reading(130 * minute, { ahead, boot: 'b2' })
    const sent = reading(705 * minute, { ahead: ahead + 1000, boot: 'b3' })
    const fixed = fixMade(madeAt(clock, ahead), arriving(705 * minute, sent))
    expect(fixed).toEqual({ from: at(130 * minute - tolerance), to: at(130 * minute + tolerance) })
  })
  test.each([
    ['moved forward in between', reading(12 * hour, { boot: 'b3', ahead: 3 * hour })],
    ['moved back in between', reading(12 * hour, { boot: 'b3', ahead: -3 * hour })],
    ['moved and moved back', reading(12 * hour, { boot: 'b3', jumps: 1 })],
    ['unknown', null],
  ])('OFF-03 a clock %s proves nothing: anything since the last contact', (_how, sent) => {
    const clock = reading(2 * hour, { boot: 'b2' })
    expect(fixMade(madeAt(clock), arriving(12 * hour, sent))).toEqual({ from: contacted, to: at(12 * hour) })
  })
  test.each([
    ['ahead', 1],
    ['behind', -1],
  ])('POL-M07 as far off, give or take the tolerance: %s', (_how, sign) => {
    const clock = reading(2 * hour, { boot: 'b2' })
    const fixed = (drift: number) =>
      fixMade(madeAt(clock), arriving(12 * hour, reading(12 * hour, { boot: 'b3', ahead: sign * drift })))
    expect(fixed(tolerance)).toEqual({ from: at(2 * hour - tolerance), to: at(2 * hour + tolerance) })
    expect(fixed(tolerance + 1)).toEqual({ from: contacted, to: at(12 * hour) })
  })
  test('POL-M07 a claim may miss the bounds by the tolerance, and then means the bound', () => {
    const fixed = (claimed: number) =>
      fixMade(
        madeAt(reading(claimed, { boot: 'b2' })),
        arriving(12 * hour, reading(12 * hour, { boot: 'b3' })),
      )
    const anything = { from: contacted, to: at(12 * hour) }
    expect(fixed(12 * hour + tolerance)).toEqual(exactly(12 * hour))
    expect(fixed(12 * hour + tolerance + 1)).toEqual(anything)
    expect(fixed(-tolerance)).toEqual(exactly(0))
    expect(fixed(-tolerance - 1)).toEqual(anything)
    expect(fixed(12 * hour)).toEqual({ from: at(12 * hour - tolerance), to: at(12 * hour) })
    expect(fixed(0)).toEqual({ from: contacted, to: at(tolerance) })
  })
  test('a claim outside of what can be is no claim', () => {
    const clock = reading(40 * hour, { boot: 'b2' })
    expect(fixMade(madeAt(clock), arriving(12 * hour, reading(12 * hour, { boot: 'b3' })))).toEqual({
      from: contacted,
      to: at(12 * hour),
    })
  })
})

describe('T1 never outside of the newest fact of the server and the receipt', () => {
  test('without a contact only what it has seen speaks', () => {
    const made = { clock: reading(2 * hour, { boot: 'b2' }), contact: null }
    expect(fixMade(made, arriving(12 * hour, null, { seen: [at(hour), at(3 * hour)] }))).toEqual({
      from: at(3 * hour),
      to: at(12 * hour),
    })
    expect(fixMade(made, arriving(12 * hour, null))).toEqual({ from: 0, to: at(12 * hour) })
  })
  test('a forged contact is no contact', () => {
    const clock = reading(2 * hour)
    const forged = fixMade(
      madeAt(clock),
      arriving(12 * hour, reading(12 * hour, { boot: 'b3' }), { contactProven: false }),
    )
    expect(forged).toEqual({ from: 0, to: at(12 * hour) })
  })
  test('an entry is not older than what it has seen, whatever its device says', () => {
    const fixed = fixMade(
      madeAt(reading(hour)),
      arriving(12 * hour, reading(12 * hour), { seen: [at(4 * hour)] }),
    )
    expect(fixed).toEqual(exactly(4 * hour))
  })
  test('nor younger than its receipt', () => {
    expect(fixMade(madeAt(reading(20 * hour)), arriving(12 * hour, null))).toEqual(exactly(12 * hour))
  })
  test('a server whose clock is behind the one of the contact gives the moment of receipt', () => {
    expect(fixMade(madeAt(reading(hour)), arriving(-hour, reading(2 * hour)))).toEqual(exactly(-hour))
  })
  test('a monotonic clock that runs backwards says nothing', () => {
    const clock = { ...reading(2 * hour), mono: 0 }
    const contactLater = {
      clock,
      contact: { time: contacted, token: '', clock: { ...reading(0), mono: 500 } },
    }
    expect(fixMade(contactLater, arriving(12 * hour, null))).toEqual({ from: contacted, to: at(12 * hour) })
  })
  test('the ends are whole milliseconds', () => {
    const fixed = fixMade(
      madeAt(reading(0, { mono: 1000.4 })),
      arriving(hour, reading(hour, { mono: hour + 0.7 })),
    )
    expect(fixed).toEqual({ from: at(1000), to: at(1000) })
    const slept = fixMade(
      madeAt(reading(0, { mono: 1000.4 })),
      arriving(hour, reading(hour, { mono: hour - 0.7 })),
    )
    expect(slept).toEqual({ from: at(1000), to: at(1002) })
  })
})

describe('the device’s own guess', () => {
  test('its wall clock before the first contact', () => {
    expect(guessMade({ clock: reading(hour), contact: null })).toBe(at(hour))
  })
  test('its monotonic clock within a boot, and its wall clock for the hours that it slept', () => {
    expect(guessMade(madeAt(reading(2 * hour)))).toBe(at(2 * hour))
    expect(guessMade(madeAt(reading(2 * hour, { mono: hour })))).toBe(at(2 * hour))
    expect(guessMade(madeAt(reading(2 * hour, { ahead: -hour, jumps: 1 })))).toBe(at(2 * hour))
  })
  test('never its wall clock where that was moved, nor a monotonic clock that ran backwards', () => {
    expect(guessMade(madeAt(reading(2 * hour, { ahead: hour, jumps: 1 })))).toBe(at(2 * hour))
    const ahead = { ...reading(0), mono: 500 }
    const early = { ...reading(0, { ahead: -hour }), mono: 0 }
    expect(guessMade({ clock: early, contact: { time: contacted, token: '', clock: ahead } })).toBe(contacted)
  })
  test('its wall clock, corrected, after a restart', () => {
    expect(guessMade(madeAt(reading(2 * hour, { ahead: hour, boot: 'b2' }), hour))).toBe(at(2 * hour))
  })
})
