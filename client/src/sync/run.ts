import { noteEpoch } from './epoch'
import type { ApiFailure, Meta, SyncApi } from './ports'
import { pullNews, type PullDeps } from './pull'
import { offerSent, pushUnsent, type PushDeps } from './push'

export interface RunDeps extends Omit<PushDeps, 'api'>, Omit<PullDeps, 'api'> {
  api: SyncApi
}

/** What one sync came to: null when everything is at the school and everything new is here. */
export type RunFailure = ApiFailure | 'stuck' | 'storage' | null

// Every epoch and every entry written meanwhile asks for another round; a store that is set back on each is broken.
const mostRounds = 8

/**
 * One sync: all that is unsent out, all that is new in. The newest receipt is presented as it was *before* this run
 * sent anything, because what is sent now is in the ledger even of a store that was set back (O3); after a time without
 * contact it is presented before anything is sent.
 */
export async function runSync(
  given: RunDeps,
  { afterSilence }: { afterSilence: boolean },
): Promise<RunFailure> {
  const deps: RunDeps = { ...given, onMeta: (meta) => meet(meta, given) }
  return attempt(deps, afterSilence)
}

async function meet(meta: Meta, { device, onMeta }: RunDeps): Promise<void> {
  await onMeta(meta)
  try {
    await noteEpoch(device, meta.epoch)
  } catch {
    // A full device cannot note it, and finds it new once more after a restart; what is unsent goes out all the same.
  }
}

async function attempt(deps: RunDeps, afterSilence: boolean): Promise<RunFailure> {
  const { device } = deps
  const newest = await device.receiptToPresent()
  if (afterSilence && newest) {
    const failure = await pullNews(deps, newest, { once: true })
    if (failure) return failure
    await device.notePresented(newest)
  }
  let stuck = false
  for (let round = 0; round < mostRounds; round += 1) {
    stuck = false
    for (const step of [offerSent, pushUnsent]) {
      const failure = await step(deps)
      if (failure === 'stuck') stuck = true
      else if (failure) return failure
    }
    const failure = await pullNews(deps, newest)
    if (failure) return failure
    if (newest) await device.notePresented(newest)
    if (stuck || ((await device.offering()) === null && (await device.unsent(1)).length === 0)) break
  }
  return stuck ? 'stuck' : null
}
