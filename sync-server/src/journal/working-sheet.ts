import type { FoldRules } from 'shared/journal/capacity'
import type { Entry } from 'shared/journal/entry'
import { fold, type Admitted } from 'shared/journal/fold'
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
    const { id, kind, author, changes } = entry
    const { admission, capacity } = receipt
    this.#place({ id, kind, author, changes, admission, capacity, made: receipt.made.from })
    if (admission.is === 'in') this.#refold(changes.map(({ cell }) => cell))
  }

  readmit(receipt: UnsignedReceipt): void {
    const known = must(this.#known.get(receipt.entry), 'a known entry')
    this.#decided.push({ type: 'readmit', receipt })
    known.receipt = receipt
    const cells = known.entry.changes.map(({ cell }) => cell)
    const { admission, capacity } = receipt
    for (const cell of cells) {
      const nodes = this.#byCell.get(cell)
      const node = nodes?.get(receipt.entry)
      if (nodes && node) nodes.set(receipt.entry, { ...node, admission, capacity, made: receipt.made.from })
    }
    this.#refold(cells)
  }

  #place(entry: Admitted): void {
    for (const change of entry.changes) {
      let nodes = this.#byCell.get(change.cell)
      if (!nodes) this.#byCell.set(change.cell, (nodes = new Map()))
      nodes.set(entry.id, { ...entry, changes: [change] })
    }
  }

  #refold(cells: readonly string[]): void {
    for (const cell of cells) {
      const folded = fold(this.#byCell.get(cell)?.values() ?? [], this.#rules).cells[cell]
      if (folded) this.cells[cell] = folded
      else delete this.cells[cell]
    }
  }
}
