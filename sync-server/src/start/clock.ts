import { ofType, update, type AccountsStore } from '../accounts/update'

/**
 * The demo's clock: it starts at `clock` and ticks on. Started again with the same setting it has ticked on meanwhile:
 * a server's time never goes back by a restart.
 */
export async function demoClock(store: AccountsStore, clock: string): Promise<() => number> {
  const real = Date.now()
  const since = await update(store, ['clock'], (found) => {
    const known = ofType(found.get('clock'), 'clock')
    if (known?.clock === clock && known.since <= real) return { write: [], result: known.since }
    return { write: [{ _id: 'clock', type: 'clock' as const, clock, since: real }], result: real }
  })
  const offset = Date.parse(clock) - since
  return () => Date.now() + offset
}
