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
 * cell, and the clocks tell the same story as the moment, so that the school fixes it to a second (C2, T1, T2). `kind` is
 * that of the authors' devices.
 */
export class Sealer {
  readonly #db: string
  readonly #seed: string
  readonly #kind: string
  readonly #counts = new Map<string, number>()
  readonly #heads = new Map<string, string>()
  #received = 0

  constructor(db: string, seed: string, kind: 'tablet' | 'office') {
    this.#db = db
    this.#seed = seed
    this.#kind = kind
  }

  /** Nothing sealed before may have happened later. */
  seal({ sheet, kind, set, author, at }: Draft): Founded {
    const n = (this.#counts.get(author) ?? 0) + 1
    this.#counts.set(author, n)
    const device = `${this.#kind}-${author}`
    const chance = chanceOf(this.#seed, 'clock', device, n)
    const changes = set.map(({ cell, value }) => {
      const head = this.#heads.get(`${sheet} ${cell}`)
      return { cell, value, base: head ? [head] : [] }
    })
    const entry = sealEntry({
      db: this.#db,
      sheet,
      kind,
      changes,
      author,
      device,
      n,
      made: madeAt(at, device, this.#seed, chance.whole(4, 40)),
    })
    for (const { cell } of set) this.#heads.set(`${sheet} ${cell}`, entry.id)
    this.#received = Math.max(this.#received, at + chance.whole(300, 1900))
    return { entry, received: this.#received }
  }
}

/** In order of time; of one moment, as they come. */
export function inOrder(drafts: readonly Draft[]): Draft[] {
  return [...drafts].sort((a, b) => a.at - b.at)
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
