import type { OpenJournal } from '../store/journal'
import type { SyncStatus } from '../store/port'
import { makePump, type Pump, type Why } from './pump'
import type { SyncApi, VerifyReceipt } from './ports'
import { runSync, type RunDeps, type RunFailure } from './run'
import type { Timers } from './timers'

export interface SyncParts {
  journal: OpenJournal
  api: SyncApi
  verify: VerifyReceipt
  timers: Timers
  random: () => number
  /** Runs one at a time over all the person's tabs (O1), and only under the person's own session. */
  exclusively: (run: () => Promise<RunFailure>) => Promise<RunFailure>
  /** Everything is sent and everything new is here. */
  onSynced?: () => void
}

/** Joins a journal to the school: what it writes goes out, what is new comes in. Pure of the browser. */
export function syncJournal(parts: SyncParts): Pump {
  const { journal, api, verify, timers, random, exclusively, onSynced } = parts
  const deps: RunDeps = {
    api,
    verify,
    device: journal.device,
    clock: journal.clock,
    open: () => journal.openedSections(),
    onMeta: async ({ contact }) => journal.noteContact(contact),
    onProgress: (progress) => journal.setSync({ progress }),
  }

  async function run({ afterSilence }: { afterSilence: boolean }): Promise<RunFailure> {
    return exclusively(async () => {
      await journal.refresh()
      const failure = await runSync(deps, { afterSilence })
      await (failure === null ? journal.settleContact() : journal.keepContact())
      return failure
    })
  }

  function show(state: 'syncing' | RunFailure, why: Why): void {
    // A look for news every minute is no news by itself: the badge stays still.
    const { unsent, lastSync } = journal.status()
    if (state === 'syncing' && unsent === 0 && lastSync !== null && why !== 'asked') return
    journal.setSync({ state: stateOf(state) })
    if (state === null) onSynced?.()
  }

  return makePump({ run, timers, random, onState: show })
}

function stateOf(state: 'syncing' | RunFailure): SyncStatus['state'] {
  switch (state) {
    case null:
    // The device's storage speaks for itself in `status.storage`.
    case 'storage':
      return 'idle'
    case 'syncing':
    case 'offline':
    case 'signed-out':
    case 'too-old':
      return state
    case 'refused':
    case 'server':
    case 'stuck':
      return 'server-trouble'
  }
}
