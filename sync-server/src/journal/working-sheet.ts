import type { FoldRules } from 'shared/journal/capacity'
import type { Entry } from 'shared/journal/entry'
import { fold, foldOne, standingsOf, type Admitted, type Folded } from 'shared/journal/fold'
import type { EntryId } from 'shared/journal/ids'
import { admittedOf, appendFacts, flatten, latestReceipts, type Ledger } from 'shared/journal/ledger'
import type { Receipt, UnsignedReceipt } from 'shared/journal/receipt'
import type { Cells } from 'shared/journal/sheet'
import { must } from 'shared/plain/must'

/** What is known of an entry that stands in the ledger. */
interface Known {
  entry: Entry
  /** When it arrived first. */
  received: number
  /** The last word on it. */
  receipt: Receipt | UnsignedReceipt
}

/** Something that was decided and is not in the ledger yet: what was offered again brings its signature (O3). */
type Decided =
  | { type: 'entry'; entry: Entry; receipt: Receipt | UnsignedReceipt }
  | { type: 'readmit'; receipt: UnsignedReceipt }

/**
 * A sheet being worked on: its ledger, and its cells kept in step, so that each entry of a batch is judged on what the
 * one before it left. Only touched cells are folded again; a cell's fold asks for its own entries alone (C1).
 */
export class WorkingSheet {
  readonly cells: Cells = {}
  readonly #ledger: Ledger
  readonly #decided: Decided[] = []
  readonly #rules: FoldRules
  readonly #known = new Map<EntryId, Known>()
  readonly #admitted = new Map<EntryId, Admitted>()
  readonly #byCell = new Map<string, Map<EntryId, Admitted>>()

  /** `folded` are the cells that this very ledger adds up to, where they are known. */
  constructor(ledger: Ledger, rules: FoldRules, folded: Cells | null) {
    this.#ledger = ledger
    this.#rules = rules
    const receipts = latestReceipts(ledger.links)
    for (const link of flatten(ledger.links)) {
      if (link.type !== 'entry' || this.#known.has(link.entry.id)) continue
      const receipt = must(receipts.get(link.entry.id), 'a receipt')
      this.#known.set(link.entry.id, { entry: link.entry, received: receipt.received, receipt })
    }
    const admitted = admittedOf(ledger)
    for (const entry of admitted) this.#place(entry)
    Object.assign(this.cells, folded ?? fold(admitted, rules).cells)
  }

  /** The ledger with all that was decided, signed at once. */
  seal(sign: (receipts: readonly UnsignedReceipt[]) => Receipt[]): Ledger {
    const unsigned = this.#decided.flatMap(({ receipt }) => ('signature' in receipt ? [] : [receipt]))
    const signed = sign(unsigned)
    let next = 0
    const seal = (receipt: Receipt | UnsignedReceipt) =>
      'signature' in receipt ? receipt : must(signed[next++], 'a signed receipt')
    return appendFacts(
      this.#ledger,
      this.#decided.map((fact) => ({ ...fact, receipt: seal(fact.receipt) })),
    )
  }

  find(id: EntryId): Known | null {
    return this.#known.get(id) ?? null
  }

  cellsOf = (id: EntryId): readonly string[] | null =>
    this.#known.get(id)?.entry.changes.map(({ cell }) => cell) ?? null

  /** What all of it adds up to, by the rules of today. */
  folded(): Folded {
    // What was stored was folded by the rules of its day, which a policy may have changed since.
    if (this.#ledger.links.length > 0) return fold(this.#admitted.values(), this.#rules)
    const cells = Object.fromEntries(Object.entries(this.cells).sort(([a], [b]) => (a < b ? -1 : 1)))
    const sorted = [...this.#admitted.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    return { cells, standings: standingsOf(sorted, cells, this.#rules) }
  }

  /** Entries that wait for a fact, in order of arrival: a deputy's and a batch's decisions are no facts (A1). */
  waiting(): Known[] {
    return [...this.#known.values()].filter(
      ({ receipt: { admission } }) =>
        admission.is === 'waiting' && admission.for !== 'deputy' && admission.for !== 'batch',
    )
  }

  append(entry: Entry, receipt: Receipt | UnsignedReceipt): void {
    this.#decided.push({ type: 'entry', entry, receipt })
    this.#known.set(entry.id, { entry, received: receipt.received, receipt })
    const { id, author, changes } = entry
    const { admission, capacity } = receipt
    this.#place({ id, author, changes, admission, capacity, made: receipt.made.from })
    if (admission.is === 'in') this.#refold(changes.map(({ cell }) => cell))
  }

  readmit(receipt: UnsignedReceipt): void {
    const known = must(this.#known.get(receipt.entry), 'a known entry')
    this.#decided.push({ type: 'readmit', receipt })
    known.receipt = receipt
    const { admission, capacity, made } = receipt
    const before = must(this.#admitted.get(receipt.entry), 'a known entry')
    this.#place({ ...before, admission, capacity, made: made.from })
    this.#refold(known.entry.changes.map(({ cell }) => cell))
  }

  #place(entry: Admitted): void {
    this.#admitted.set(entry.id, entry)
    for (const { cell } of entry.changes) {
      let entries = this.#byCell.get(cell)
      if (!entries) this.#byCell.set(cell, (entries = new Map()))
      entries.set(entry.id, entry)
    }
  }

  #refold(cells: readonly string[]): void {
    for (const cell of cells) {
      const folded = foldOne(cell, this.#byCell.get(cell)?.values() ?? [], this.#rules)
      if (folded) this.cells[cell] = folded
      else delete this.cells[cell]
    }
  }
}
