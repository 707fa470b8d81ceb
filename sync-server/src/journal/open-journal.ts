import type { SheetDocument } from 'shared/journal/document'
import { addressOf } from 'shared/journal/ids'
import { makeDirectoryCache } from '../cache/directory-cache'
import { makeRecentChanges } from '../cache/recent-changes'
import { makeRecentRanges } from '../cache/recent-ranges'
import { historyOf, mayReadHistory } from '../history/history'
import { freeWay, type RightOfWay } from '../http/right-of-way'
import { makeLine } from '../pull/in-turn'
import { pull } from '../pull/pull'
import { push } from '../push/push'
import type { StoreFactory } from '../store/store'
import { News } from '../stream/news'
import { writeAnchor, type AnchorFile } from './anchors'
import { Committer } from './committer'
import { newName, openEpochs, type Restored } from './epochs'
import { found } from './found'
import type { JournalLog } from './journal-log'
import { openLives } from './lives'
import type { ServerJournal, Signer } from './port'
import { makeProvenReceipts } from './proven-receipts'
import { checkReceipt, checkSeen, type Standing } from './rollback'
import { openSafeSequence } from './safe-sequence'
import { realElapsed, repeat, type Schedule } from './schedule'
import { repairLeaves, sweepWaiting } from './sweep'
import { openTicks } from './ticks'
import { viewersOf } from './viewers'

const minute = 60_000
/** One reads while another is packed: more would only stand before those who write. */
const readingsAtOnce = 1

export interface JournalDeps {
  stores: StoreFactory
  db: string
  signer: Signer
  now: () => number
  /** ms by a clock that nobody sets. Without: this machine's own. */
  elapsed?: () => number
  /** From 0 up to 1: epochs are named by it. */
  random: () => number
  schedule: Schedule
  log: JournalLog
  /** Where anchors are kept (L2). Without: none are written. */
  anchors?: AnchorFile
  /** Who goes first in this process. Without: nobody. */
  way?: RightOfWay
}

/** The journal with what it otherwise does by the clock, for tests and tools. */
export interface OpenJournal extends ServerJournal {
  /** Judges what waits again, and merges leaves that nobody touches: every minute. */
  sweep(): Promise<void>
  /** Writes the next anchor: every hour. */
  anchor(): Promise<void>
}

/** Opens one school year's journal over its store, creating what is missing. The caller closes it. */
export async function openJournal(deps: JournalDeps): Promise<OpenJournal> {
  const { stores, db, signer, now, elapsed = realElapsed, random, schedule, log, way = freeWay } = deps
  const store = await stores.open<SheetDocument>(db)
  await store.ensure()
  const ticks = await openTicks(store, now, elapsed)
  const directory = makeDirectoryCache({ store, now, onConflict: (sheet) => revisitSoon(sheet) })
  const proven = makeProvenReceipts(now)
  const onSetBack = () => {
    proven.forget()
    ranges.forget()
  }
  const recent = makeRecentChanges({ store, onSetBack })
  const ranges = makeRecentRanges({ store, recent })
  const forget = () => {
    directory.forget()
    recent.forget()
    ranges.forget()
    proven.forget()
  }
  const epochs = await openEpochs({ db, store, now, random, log, onBegin: forget })
  const lives = await openLives({ store, now, newId: () => newName(random) })
  const committer = new Committer({ db, store, directory, epochs, ticks, signer, now, schedule })
  const news = new News({ store, directory, ticks, now, schedule, log })
  const sequence = openSafeSequence({ store, elapsed, schedule })
  const inTurn = makeLine(readingsAtOnce)
  // The hour may strike while the process ends: two anchors after the same one would be no chain (L2).
  const anchorsInTurn = makeLine(1)

  function revisitSoon(sheet: string): void {
    committer
      .revisit(sheet)
      .catch(() => log.warn({ db }, 'leaves were not merged now; the next sweep tries again'))
  }
  const quietly = (what: string, work: () => Promise<unknown>) => async () => {
    try {
      await work()
    } catch (error) {
      log.warn(
        { db, error: error instanceof Error ? error.name : 'unknown' },
        `${what} was not done now; it comes again`,
      )
    }
  }
  const sweep = async () => {
    await repairLeaves({ store, committer, giveWay: way.giveWay })
    await sweepWaiting({ store, committer })
  }
  const anchor = async () => {
    const { anchors: file } = deps
    if (file) await anchorsInTurn(db, () => writeAnchor({ db, store, signer, epochs, file, now, log }))
  }
  // A fact may have arrived that something waits for (A1).
  let sweepSoon: (() => void) | null = null
  directory.onChange(() => {
    sweepSoon ??= schedule(1_000, () => {
      sweepSoon = null
      void quietly('the sweep', () => sweepWaiting({ store, committer }))()
    })
  })
  const stops = [
    repeat(schedule, minute, quietly('the sweep', sweep)),
    repeat(schedule, 60 * minute, quietly('the anchor', anchor)),
  ]

  // A restore is recorded outside the store before anything is written on top of it (L2).
  if ((await store.local<Restored>('restored'))?.epoch === epochs.current())
    await quietly('the anchor', anchor)()

  return {
    db,
    epoch: epochs.current,
    directory: () => directory.current(),
    push: (envelope, person) =>
      push(envelope, person, { db, signer, directory, epochs, committer, now, first: way.first }),
    async pull(envelope, person, isWanted = () => true) {
      await epochs.confirm()
      await lives.confirm()
      const { newest } = envelope
      const held = { db, store, signer, epochs, schedule, proven }
      const seen = newest ? await checkReceipt(newest, held) : null
      const contact = {
        seen,
        stillStands: (entry: Standing, since: string) => checkSeen(entry, since, held),
        db,
        store,
        directory,
        recent,
        epochs,
        lives,
        ticks,
        signer,
        now,
        inTurn,
        isWanted,
        rangesAsOfNow: ranges.asOfNow,
        giveWay: way.giveWay,
        safeSeq: sequence.current,
        recordedSeq: sequence.recorded,
      }
      return pull(envelope, person, contact)
    },
    async history(sheet, cell, person) {
      if (!addressOf(sheet)) return null
      const known = await directory.current()
      if (!mayReadHistory(sheet, cell, viewersOf(known).at(person, now()), known)) return null
      const leafed = (await store.get([sheet])).get(sheet)
      return leafed ? historyOf(leafed.doc, cell) : { entries: [] }
    },
    follow: (person, onNews) => news.follow(person, onNews),
    async found(entries, onProgress) {
      await found(entries, { db, store, signer, ticks, epoch: epochs.current() }, onProgress)
      directory.forget()
    },
    sweep,
    anchor,
    async close() {
      for (const stop of stops) stop()
      sweepSoon?.()
      news.close()
      sequence.close()
      await committer.close()
      await store.close()
    },
  }
}
