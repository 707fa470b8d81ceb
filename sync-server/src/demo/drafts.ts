import { sealEntry } from 'shared/journal/entry'
import type { Kind } from 'shared/journal/kinds/kinds'
import type { Made } from 'shared/journal/made'
import type { Json } from 'shared/plain/json'
import type { Founded } from '../journal/port'
import { chanceOf } from './chance'

/** What somebody of the demo did at one moment: sealing adds base, count, clocks and id. */
export interface Draft {
  sheet: string
  kind: Kind
  set: { cell: string; value: Json }[]
  author: string
  /** ms since 1970. */
  at: number
}

const day = 86_400_000

/**
 * Seals what happened, in order of time: each author counts their own entries, each change is based on what stood in the
 * cell, and the clocks tell the same story as the moment, so that the school fixes it to a second (C2, T1, T2).
 */
export function sealDrafts(db: string, drafts: readonly Draft[], seed: string): Founded[] {
  const inOrder = drafts
    .map((draft, i) => ({ draft, i }))
    .sort((a, b) => a.draft.at - b.draft.at || a.i - b.i)
  const counts = new Map<string, number>()
  const heads = new Map<string, string>()
  let received = 0
  return inOrder.map(({ draft: { sheet, kind, set, author, at } }) => {
    const n = (counts.get(author) ?? 0) + 1
    counts.set(author, n)
    const device = `tablet-${author}`
    const chance = chanceOf(seed, 'clock', device, n)
    const changes = set.map(({ cell, value }) => {
      const head = heads.get(`${sheet} ${cell}`)
      return { cell, value, base: head ? [head] : [] }
    })
    const entry = sealEntry({
      db,
      sheet,
      kind,
      changes,
      author,
      device,
      n,
      made: madeAt(at, device, seed, chance.whole(4, 40)),
    })
    for (const { cell } of set) heads.set(`${sheet} ${cell}`, entry.id)
    received = Math.max(received, at + chance.whole(300, 1900))
    return { entry, received }
  })
}

// The device was switched on in the morning, spoke to the school some seconds ago, and its clock is a little off.
function madeAt(at: number, device: string, seed: string, secondsSinceContact: number): Made {
  const offset = chanceOf(seed, 'offset', device).whole(-1500, 1500)
  const contacted = at - secondsSinceContact * 1000
  const switchedOn = contacted - (contacted % day)
  const reading = (time: number) => ({
    wall: time + offset,
    mono: time - switchedOn,
    boot: `boot-${new Date(switchedOn).toISOString().slice(0, 10)}`,
    jumps: 0,
  })
  return { clock: reading(at), contact: { time: contacted, token: '', clock: reading(contacted) } }
}
