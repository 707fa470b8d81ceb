import { ed25519 } from '@noble/curves/ed25519.js'
import type { Entry } from 'shared/journal/entry'
import type { ProjectedSheet } from 'shared/journal/project'
import type { Admission, Receipt, UnsignedReceipt } from 'shared/journal/receipt'
import { receiptHash, signedText } from 'shared/journal/receipt-proof'
import { toBase64 } from '../store/base64'
import type { ApiFailure, ApiResult, SyncApi } from '../sync/ports'
import type { Timers } from '../sync/timers'
import { duringMathLesson } from './test-journal'

const secret = new Uint8Array(32).fill(7)
const utf8 = new TextEncoder()

/** The least that behaves as a school does towards a device's sync: it keeps a ledger, twice is once, and it can fail. */
export function tinySchool() {
  const ledger = new Map<string, { entry: Entry; receipt: Receipt }>()
  const school = {
    ledger,
    sheets: [] as ProjectedSheet[],
    pushes: [] as Entry[][],
    time: duringMathLesson + 5000,
    epoch: 'epoch1',
    down: false,
    /** Public key of the receipts' signatures. */
    key: toBase64(ed25519.getPublicKey(secret)),
    /** Whom the session names; undefined where a test does not speak of sessions. */
    signedIn: undefined as string | null | undefined,
    refusedAuthors: [] as string[],
    pulls: 0,
    fails: null as ApiFailure | null,
    loseReplies: 0,
    failAfterPushes: Infinity,
    mostSheets: 100,
    admission: { is: 'in' } as Admission,
    sign: (rest: UnsignedReceipt) =>
      toBase64(ed25519.sign(utf8.encode(signedText(receiptHash(rest))), secret)),
    answers: (_entry: Entry) => true,
    refuses: (_entry: Entry) => false,
    beforePush: () => {},
    /** Restores an older copy of the store, as far as the first `kept` entries. */
    setBack(kept: number) {
      for (const id of [...ledger.keys()].slice(kept)) ledger.delete(id)
    },
    api: {} as SyncApi,
  }

  const failure = () => (school.down ? 'offline' : school.fails)
  const reply = <T>(body: T): ApiResult<T> => {
    const clock = { wall: school.time, mono: 1, boot: 'test', jumps: 0 }
    const contact = { time: school.time, token: 'token', clock }
    return { ok: true, body, meta: { contact, epoch: school.epoch, protocol: 1 } }
  }

  function receiptFor(entry: Entry, given: Receipt | undefined): Receipt {
    const isTheirs = school.signedIn === undefined || school.signedIn === entry.author
    if (!isTheirs) school.refusedAuthors.push(entry.author)
    const rest: UnsignedReceipt = {
      entry: entry.id,
      db: entry.db,
      sheet: entry.sheet,
      epoch: school.epoch,
      received: school.time + ledger.size,
      judged: school.time,
      made: { from: school.time, to: school.time },
      capacity: 'assignee',
      by: { rules: 1, directory: {} },
      admission: isTheirs ? school.admission : { is: 'out', why: 'not-author' },
    }
    return given ?? { ...rest, signature: school.sign(rest) }
  }

  school.api = {
    async push({ entries, receipts = [] }) {
      const signedOut = school.signedIn === null ? 'signed-out' : null
      const fails =
        failure() ?? signedOut ?? (school.pushes.length >= school.failAfterPushes ? 'offline' : null)
      if (fails) return { ok: false, failure: fails }
      school.beforePush()
      const pushed = entries as Entry[]
      if (pushed.some(school.refuses)) return { ok: false, failure: 'refused', code: 'bad-request' }
      school.pushes.push(pushed)
      const answers = pushed.map((entry) => {
        const receipt =
          ledger.get(entry.id)?.receipt ??
          receiptFor(
            entry,
            receipts.find((old) => old.entry === entry.id),
          )
        if (receipt.signature !== 'forged' && receipt.admission.is !== 'out')
          ledger.set(entry.id, { entry, receipt })
        return receipt
      })
      if (school.loseReplies > 0) {
        school.loseReplies -= 1
        return { ok: false, failure: 'offline' }
      }
      return reply({ receipts: answers.filter((_, i) => school.answers(pushed[i] as Entry)) })
    },
    async pull({ checkpoint, newest }) {
      const fails = failure() ?? (school.signedIn === null ? 'signed-out' : null)
      if (fails) return { ok: false, failure: fails }
      school.pulls += 1
      if (newest && !ledger.has(newest.entry)) school.epoch = 'epoch2'
      const from = checkpoint === null ? 0 : Number(checkpoint)
      if (Number.isNaN(from)) return { ok: false, failure: 'refused', code: 'bad-request' }
      const to = Math.min(school.sheets.length, from + school.mostSheets)
      const [more, total] = [to < school.sheets.length, school.sheets.length - to]
      return reply({ sheets: school.sheets.slice(from, to), gone: [], checkpoint: String(to), more, total })
    },
  }
  return school
}
export type TinySchool = ReturnType<typeof tinySchool>

/** Timers that run when the test says so. */
export function handTimers(): Timers & { waits: number[]; next(): void } {
  const waiting: (() => void)[] = []
  const waits: number[] = []
  return {
    waits,
    after(ms, run) {
      waits.push(ms)
      waiting.push(run)
      return () => {
        const at = waiting.indexOf(run)
        if (at >= 0) waiting.splice(at, 1)
      }
    },
    next() {
      waiting.shift()?.()
    },
  }
}
