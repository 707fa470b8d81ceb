import type { RunFailure } from './run'
import type { Timers } from './timers'

export type Why = 'start' | 'contact' | 'minute' | 'write' | 'news' | 'asked'

export interface PumpDeps {
  run(options: { afterSilence: boolean; why: Why }): Promise<RunFailure>
  timers: Timers
  /** From 0 to 1: spreads a school's devices over time. */
  random(): number
  onState(state: 'syncing' | RunFailure, why: Why): void
}

/** When to sync: at the start, at contact, every minute, after each write, when told of news (O1). One run at a time. */
export interface Pump {
  request(why: Why): void
  /** Resolves when no run is under way and none is asked for. */
  settled(): Promise<void>
  stop(): void
}

/** Somebody asks, or the network has come back: the wait between attempts is over. */
function hurries(why: Why | null): boolean {
  return why === 'contact' || why === 'asked' || why === 'start'
}

export const everyMinute = 60_000
const firstWait = 1000

export function makePump({ run, timers, random, onState }: PumpDeps): Pump {
  const now: { asked: Why | null; running: Promise<void> | null; stopped: boolean } = {
    asked: null,
    running: null,
    stopped: false,
  }
  let failures = 0
  let silent = true
  let callOff: (() => void) | null = null

  function wait(): void {
    callOff?.()
    if (now.stopped) return
    const backoff = failures === 0 ? everyMinute : Math.min(everyMinute, firstWait * 2 ** (failures - 1))
    callOff = timers.after(backoff * (0.5 + random() / 2), () => request('minute', true))
  }

  async function loop(): Promise<void> {
    while (now.asked && !now.stopped) {
      const why: Why = now.asked
      now.asked = null
      onState('syncing', why)
      const failure = await once(why)
      if (now.stopped) return
      // One entry that gets no receipt is no reason to keep the next ones waiting.
      const failed = failure !== null && failure !== 'stuck'
      failures = failed ? failures + 1 : 0
      silent = failed
      onState(failure, why)
      // The network has not got better since the last attempt: wait rather than hammer.
      if (failed && !hurries(now.asked)) now.asked = null
    }
  }

  async function once(why: Why): Promise<RunFailure> {
    try {
      return await run({ afterSilence: silent, why })
    } catch {
      // The api answers with values; what throws is the device's own storage, which has said so in the status.
      return 'storage'
    }
  }

  function request(why: Why, isTimer = false): void {
    if (now.stopped) return
    // While the server is out of reach a write or a piece of news does not hurry the next attempt.
    if (failures > 0 && !isTimer && !now.running && !hurries(why)) return
    if (hurries(why)) failures = 0
    if (!hurries(now.asked)) now.asked = why
    if (now.running) return
    now.running = loop().finally(() => {
      now.running = null
      wait()
    })
  }

  return {
    request: (why) => request(why),
    async settled() {
      while (now.running) await now.running
    },
    stop() {
      now.stopped = true
      callOff?.()
    },
  }
}
