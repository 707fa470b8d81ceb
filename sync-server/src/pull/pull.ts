import type { SheetDocument } from 'shared/journal/document'
import { project, projectVersion, type ProjectedSheet } from 'shared/journal/project'
import type { Directory } from 'shared/people/directory'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import { must } from 'shared/plain/must'
import type { DirectoryCache } from '../cache/directory-cache'
import type { Listed, RecentChanges } from '../cache/recent-changes'
import type { ReadRange } from '../cache/recent-ranges'
import { isHeld, scopedAt, type Scoped } from '../cache/scopes'
import type { Epochs } from '../journal/epochs'
import type { Lives } from '../journal/lives'
import type { Signer } from '../journal/port'
import type { Standing } from '../journal/rollback'
import type { Ticks } from '../journal/ticks'
import { readListed } from '../store/read-listed'
import type { Store } from '../store/store'
import { read, spell, type Checkpoint, type ProofOf } from './checkpoint'
import { compareHeld, tagOf } from './held'
import { atOnce, type InTurn } from './in-turn'
import { aboutHowMany, planReading } from './reading-plan'

/** Further behind than so many changes, ranges are read again (P-3). */
const mostChanges = 2_000
const fullEvery = 7 * 86_400_000
/** A device that has sent this much within the floor's margin may be sent something twice. */
const mostRecent = 400
/** So many sheets of a reading are read and cut to what their reader may see before the next push is looked for. */
const portion = 20
/** Reading a range in which nothing lies costs as much as so many sheets: most plans have dozens of them. */
const emptyReading = 2

export interface PullDeps {
  db: string
  store: Pick<Store<SheetDocument>, 'kind' | 'get' | 'changes'>
  directory: DirectoryCache
  recent: RecentChanges
  epochs: Epochs
  lives: Lives
  /** Where the newest entry stands that the device has presented a receipt of. */
  seen: Standing | null
  /** Begins a new epoch where an entry stands no more that was seen in that epoch (O3). */
  stillStands: (seen: Standing, epoch: string) => Promise<void>
  ticks: Ticks
  signer: Pick<Signer, 'proofOf'>
  now: () => number
  /** The line that readings of ranges stand in. */
  inTurn: InTurn
  /** A way to read ranges no older than now; somebody else may have read them. */
  rangesAsOfNow: () => Promise<ReadRange>
  /** Whether anybody still waits for the answer: asked when the turn comes. */
  isWanted: () => boolean
  /** Between portions of a reading: whoever writes goes first. */
  giveWay: () => Promise<void>
  /** A sequence that every copy of the store has reached (P-2). */
  safeSeq: () => Promise<string>
  /** The same where the store is a cluster; null where there is none, or none yet. */
  recordedSeq: () => string | null
}

/** One contact of one person: who they are today, and what of the journal that shows them (P-5). */
interface Contact extends Scoped {
  deps: PullDeps
  person: string
  /** The whole contact anew, in the turn that has come. */
  again: () => Promise<PullReply>
  limit: number
  directory: Directory
  floor: number
}

/** What a reading brings: sheets, and the checkpoint after them. */
interface Brought {
  sheets: ProjectedSheet[]
  checkpoint: Checkpoint
  more: boolean
  total?: number
}

/** Brings a device what it lacks of its person's scope, computed at this contact (P-1 … P-5). */
export async function pull(envelope: PullEnvelope, person: string, deps: PullDeps): Promise<PullReply> {
  const directory = await deps.directory.current()
  const now = deps.now()
  const scoped = scopedAt(directory, person, now, envelope.open)
  // Before the looking: a write that it does not see yet is above this (P-2).
  const floor = deps.ticks.floor()
  const again = () => pull(envelope, person, { ...deps, inTurn: atOnce })
  const contact: Contact = { ...scoped, deps, person, again, limit: envelope.limit, directory, floor }

  const { proofOf } = deps.signer
  const before = envelope.checkpoint === null ? null : read(envelope.checkpoint, proofOf)
  if (before?.seen && before.db === deps.db && before.epoch === deps.epochs.current())
    await deps.stillStands(before.seen, before.epoch)
  const feed = await deps.recent.look()
  const epoch = deps.epochs.current()
  const since =
    before &&
    (await deps.lives.since(before.life, before.seq, Math.max(before.floor, before.reading?.floor ?? 0)))
  const life = deps.lives.current()
  const goesOn =
    before?.db === deps.db &&
    before.feed === feed &&
    before.epoch === epoch &&
    before.rules === projectVersion &&
    since !== 'set-back'
  if (!before || !goesOn) {
    const { db, seen } = deps
    const checkpoint = await beginAll(contact, { db, feed, epoch, life, seen, rules: projectVersion })
    // What the device holds belongs to another history: it goes, whatever it is, before the new comes.
    if (envelope.checkpoint !== null) return replyWithGone([{ start: 'a', end: 'z~' }], checkpoint, proofOf)
    return readRanges(contact, checkpoint)
  }
  const { gone, todo } = compareHeld(before.held, contact.held)
  const checkpoint = todo.length + gone.length > 0 ? rescoped(before, contact, todo) : before
  if (gone.length > 0) return replyWithGone(gone, checkpoint, proofOf)
  if (checkpoint.reading) return readRanges(contact, checkpoint)
  const seen = deps.seen ?? checkpoint.seen
  // A server of a cluster that has just started knows no sequence that every copy has reached: what it read may lack something.
  const isUnsafe = deps.store.kind === 'couchdb' && checkpoint.safe === null
  const owes = since === 'unknown' || isUnsafe
  if (owes && deps.recordedSeq() === null)
    return readChanges({ ...contact, floor: 0 }, { ...checkpoint, seen })
  const goneOn = { ...checkpoint, life, seen }
  if (now - checkpoint.full > fullEvery) return readRanges(contact, await beginAll(contact, goneOn))
  // Whether or not anybody has a receipt to prove it, the store may have been set back: changes do not tell all then.
  if (owes) return readRanges(contact, await catchUp(contact, goneOn))
  return readChanges(contact, goneOn)
}

function reply({ checkpoint, ...brought }: Brought, proofOf: ProofOf): PullReply {
  return { ...brought, gone: [], checkpoint: spell(checkpoint, proofOf) }
}

// Alone in its reply: a device removes what is gone after it has put in what came.
function replyWithGone(
  gone: readonly { start: string; end: string }[],
  checkpoint: Checkpoint,
  proofOf: ProofOf,
): PullReply {
  return {
    sheets: [],
    gone: gone.map(({ start, end }) => [start, end]),
    checkpoint: spell(checkpoint, proofOf),
    more: true,
  }
}

/** Which history a checkpoint belongs to. */
type History = Pick<Checkpoint, 'db' | 'feed' | 'epoch' | 'life' | 'rules' | 'seen'>

async function beginAll({ deps, held, day }: Contact, history: History): Promise<Checkpoint> {
  const seq = await deps.safeSeq()
  const floor = deps.ticks.floor()
  const reading = { todo: held.map((_, index) => index), day, step: 0, after: '', above: 0, seq, floor }
  const safe = deps.recordedSeq()
  return { ...history, seq, safe, floor, full: deps.now(), held, ...nothingRecent, reading }
}

// P-3: what has changed since the last contact is found by reading ranges, and nothing else of them is sent.
async function catchUp(contact: Contact, checkpoint: Checkpoint): Promise<Checkpoint> {
  const begun = await beginAll(contact, checkpoint)
  const reading = must(begun.reading, 'a reading begun')
  const { full, recent, newest, floor } = checkpoint
  return { ...begun, full, recent, newest, reading: { ...reading, above: floor } }
}

// The scope changed: what was being read, and what is new, is read; changes go on from where they were, in a cluster from
// where every copy had been by then: what is new may be read from one that lags (P-2). For that, and for what the device
// has dropped meanwhile, nothing counts as sent before.
function rescoped(before: Checkpoint, { held, day }: Contact, todo: readonly number[]): Checkpoint {
  const { reading } = before
  const unread = (reading?.todo ?? []).flatMap((index) => {
    const { start, end } = must(before.held[index], 'a held range')
    return held.flatMap((range, at) => (range.start === start && range.end === end ? [at] : []))
  })
  const all = [...new Set([...unread, ...todo])].sort((a, b) => a - b)
  const { seq, floor } = reading ?? { seq: before.safe ?? before.seq, floor: before.floor }
  return {
    ...before,
    held,
    ...nothingRecent,
    reading: all.length === 0 ? null : { todo: all, day, step: 0, after: '', above: 0, seq, floor },
  }
}

// A device that waited too long asks again: were pages read for those who left, the line would only grow, and nobody would
// have their page in time. Who has waited for long is looked at anew: rights that are gone show nothing (A3).
function readRanges(contact: Contact, checkpoint: Checkpoint): Promise<PullReply> {
  const { deps, person, directory, again } = contact
  const { proofOf } = deps.signer
  return deps.inTurn(person, async () => {
    if (!deps.isWanted()) return reply({ sheets: [], checkpoint, more: true }, proofOf)
    if ((await deps.directory.current()) !== directory) return again()
    return reply(await readPage(contact, checkpoint), proofOf)
  })
}

async function readPage(contact: Contact, checkpoint: Checkpoint): Promise<Brought> {
  const { deps, held, limit, directory } = contact
  const reading = must(checkpoint.reading, 'a reading under way')
  const isCatchingUp = reading.above > 0
  const plan = planReading(
    reading.todo.map((index) => must(held[index], 'a held range')),
    reading.day,
  )
  // After the sequence from which changes will go on (P-2).
  const readRange = await deps.rangesAsOfNow()
  const sheets: ProjectedSheet[] = []
  let { step, after } = reading
  let sinceGaveWay = portion
  for (let room = limit; step < plan.length && room > 0;) {
    const { start, end } = must(plan[step], 'a step')
    if (sinceGaveWay >= portion) {
      await deps.giveWay()
      sinceGaveWay = 0
    }
    // Always alike, however much room there is: the next reader asks for the same.
    const found = await readRange(after === '' ? start : `${after}!`, end, portion)
    const documents = found.slice(0, room)
    for (const document of documents) {
      const sheet = show(document, contact)
      if (sheet && sheet.version > reading.above && !(isCatchingUp && isRecent(sheet, checkpoint)))
        sheets.push(sheet)
    }
    room -= documents.length
    sinceGaveWay += documents.length + emptyReading
    if (found.length < portion && documents.length === found.length) {
      step++
      after = ''
    } else after = must(documents.at(-1), 'a portion')._id
  }
  await deps.giveWay()
  const done = step >= plan.length
  const { seq, floor } = done ? reading : checkpoint
  const next = { ...checkpoint, seq, floor, reading: done ? null : { ...reading, step, after } }
  const total = aboutHowMany(plan.slice(step), contact.day, directory)
  const brought = { sheets, checkpoint: remember(next, sheets, reading.floor), more: true }
  return isCatchingUp ? brought : { ...brought, total }
}

async function readChanges(contact: Contact, checkpoint: Checkpoint): Promise<PullReply> {
  const { deps, limit, floor } = contact
  const sheets = new Map<string, ProjectedSheet>()
  const bring = async (listed: Pick<Listed, 'ids' | 'revs'>) => {
    const { found, lacks } = await readListed(deps.store, listed)
    for (const { doc } of found.values()) {
      const sheet = show(doc, contact)
      // P-4: where nothing that this person sees has changed, nothing is sent.
      if (sheet && sheet.version > checkpoint.floor && !isRecent(sheet, checkpoint))
        sheets.set(sheet.id, sheet)
    }
    return lacks
  }
  const answer = (next: Checkpoint, more: boolean) => {
    const brought = [...sheets.values()]
    return reply(
      { sheets: brought, checkpoint: remember(next, brought, next.floor), more },
      deps.signer.proofOf,
    )
  }
  // Before the looking, as the floor.
  const safe = deps.recordedSeq() ?? checkpoint.safe
  const recent = recentlyHeld(contact, checkpoint)
  const isAllRecent = recent !== null && !(await bring(recent))
  let { seq } = isAllRecent ? recent : checkpoint
  let more = !isAllRecent
  let lacking: string | null = null
  for (let seen = 0; more && sheets.size < limit;) {
    const page = await deps.store.changes(seq, limit - sheets.size)
    if (await bring({ ...page, ids: page.ids.filter((id) => isHeld(id, contact)) })) lacking ??= seq
    seq = page.seq
    more = page.more
    seen += page.ids.length
    if (more && seen >= mostChanges) return readRanges(contact, await catchUp(contact, checkpoint))
  }
  // What was listed and not found is looked for at the next contact.
  if (lacking !== null) return answer({ ...checkpoint, seq: lacking }, false)
  // A floor belongs to a sequence: it rises when all changes up to this contact have been read.
  const next = more
    ? { ...checkpoint, seq }
    : { ...checkpoint, seq, safe, floor: Math.max(floor, checkpoint.floor) }
  return answer(next, more)
}

/** What changed of what the device holds, from memory; null where the store has to be asked, page by page. */
function recentlyHeld(contact: Contact, { seq }: Checkpoint): Listed | null {
  const recent = contact.deps.recent.since(seq, contact.stretches)
  return recent && recent.ids.length <= contact.limit ? recent : null
}

/** The sheet as this person sees it, in the history that devices speak to now. */
function show(document: SheetDocument, { viewer, directory, deps }: Contact): ProjectedSheet | null {
  const sheet = project(document, viewer, directory)
  return sheet && { ...sheet, epoch: deps.epochs.current() }
}

const tagLength = 8
const nothingRecent = { recent: '', newest: 0 }

function remember(checkpoint: Checkpoint, sheets: readonly ProjectedSheet[], floor: number): Checkpoint {
  const above = sheets.filter(({ version }) => version > floor)
  const newest = above.reduce((most, { version }) => Math.max(most, version), checkpoint.newest)
  if (newest <= checkpoint.floor) return { ...checkpoint, ...nothingRecent }
  const recent = (checkpoint.recent + above.map(tagOfSheet).join('')).slice(-mostRecent * tagLength)
  return { ...checkpoint, recent, newest }
}

function isRecent(sheet: ProjectedSheet, { recent }: Checkpoint): boolean {
  const tag = tagOfSheet(sheet)
  for (let at = 0; at < recent.length; at += tagLength) if (recent.startsWith(tag, at)) return true
  return false
}

function tagOfSheet({ id, version }: ProjectedSheet): string {
  return tagOf([id, version])
}
