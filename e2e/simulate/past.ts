import type { SheetDocument } from 'shared/journal/document'
import { flatten } from 'shared/journal/ledger'
import { directoryOf, type Directory, type DirectorySheet } from 'shared/people/directory'
import type { WriteOutcome } from '../../sync-server/src/store/store'

interface Said {
  sheet: DirectorySheet
  /** When the write was asked for, when it was over, and when its newest receipt says that it was judged (ms). */
  asked: number
  over: number
  judged: number
  isSure: boolean
}

/**
 * What the directory said when, as an onlooker of the store knows it: the measure of what servers should have known (A3).
 */
export class Past {
  #said: Said[] = []
  readonly #known = new Map<string, Directory>()

  constructor(readonly now: () => number) {}

  write({ _id: id, version, cells, links }: SheetDocument, asked: number, outcome: WriteOutcome['is']): void {
    if (outcome === 'conflict') return
    const judged = Math.max(0, ...flatten(links).map(({ receipt }) => receipt.judged))
    const isSure = outcome === 'written'
    this.#said.push({ sheet: { id, version, cells }, asked, over: this.now(), judged, isSure })
  }

  /** The store says all this now, whatever it said before. */
  startFrom(docs: Iterable<SheetDocument>): void {
    for (const doc of docs) this.write(doc, this.now(), 'written')
  }

  /** Every directory that some server may have known at a moment between the two, both included (ms). */
  between(from: number, to: number): Directory[] {
    const moments = this.#said.flatMap(({ asked, over }) => [asked, over, over - 1])
    const inside = [from, ...moments.filter((at) => at > from && at < to), to]
    const states = inside.flatMap((at) => [
      this.#at((said) => said.asked <= at),
      this.#at((said) => said.over <= at),
      this.#at((said) => said.isSure && said.over <= at),
    ])
    return [...new Set(states)]
  }

  /**
   * Every directory whose sheets were each in force at some moment between the two: what a server may know, which knows what
   * it wrote itself at once and hears of what another wrote within seconds; that of a cluster hears of changes from a copy
   * that lags, and reads what it has heard of by quorum (P-2). The likeliest come first.
   */
  *mixed(from: number, to: number): Generator<Directory> {
    const versions = new Map<string, Set<Said>>()
    for (const said of this.#said) {
      const { id } = said.sheet
      const known = versions.get(id) ?? new Set<Said>()
      // Of what was over before, the last alone was in force.
      if (said.isSure && said.over <= from) known.clear()
      if (said.asked <= to) versions.set(id, known.add(said))
    }
    const choices = [...versions.values()].map((known) => [...known].reverse())
    yield* this.#mixtures(choices, [])
  }

  *#mixtures(choices: readonly Said[][], chosen: readonly Said[]): Generator<Directory> {
    const [first, ...rest] = choices
    if (!first) yield directoryOf(chosen.map(({ sheet }) => sheet))
    else for (const said of first) yield* this.#mixtures(rest, [...chosen, said])
  }

  /** The directories that were surely in force in [from, to], by what receipts say. */
  surely(from: number, to: number): Directory[] {
    const moments = this.#said.flatMap(({ judged }) =>
      judged > from && judged <= to ? [judged - 1, judged] : [],
    )
    const states = [from, ...moments].map((at) =>
      this.#at((said) => said.isSure && said.judged <= at && said.over <= to),
    )
    return [...new Set(states)]
  }

  #at(isSaid: (said: Said) => boolean): Directory {
    const sheets = new Map<string, Said>()
    for (const said of this.#said) if (isSaid(said)) sheets.set(said.sheet.id, said)
    const key = [...sheets.values()].map((said) => this.#said.indexOf(said)).join()
    const known = this.#known.get(key) ?? directoryOf([...sheets.values()].map(({ sheet }) => sheet))
    this.#known.set(key, known)
    return known
  }
}
