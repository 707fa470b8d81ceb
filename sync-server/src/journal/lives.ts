import { must } from 'shared/plain/must'
import type { Store } from '../store/store'
import type { Reservation } from './ticks'

const recheck = 5_000
/** Older checkpoints than of so many starts begin anew. */
const most = 50

/**
 * Every start of a server over this journal. While one runs nobody sets its store back unnoticed; in between somebody may
 * have copied an older one into its place, and what is written from then on has numbers that devices take for known.
 */
export interface Lives {
  /** The newest life that this server knows of: it goes into checkpoints. */
  current(): string
  /** Reads again which other servers have started, at most every 5 s. */
  confirm(): Promise<void>
  /** What a checkpoint of that life, with that sequence and that floor, is worth here. */
  since(life: string, seq: string, floor: number): Promise<Since>
}

/**
 * `same`: nothing was set back since. `set-back`: it surely was, or so long ago that nobody knows. `unknown`: servers have
 * started since, and a cluster's sequences do not tell what happened in between.
 */
export type Since = 'same' | 'set-back' | 'unknown'

interface Life {
  id: string
  /** How far the store had come when it began. */
  seq: string
  /** Up to where numbers were reserved then: no floor handed out before is above it (P-2). */
  until: number
}

interface Stored {
  lives: Life[]
}

interface Deps {
  store: Pick<Store, 'kind' | 'info' | 'local' | 'setLocal'>
  now: () => number
  newId: () => string
}

/** Notes a new life of this journal, `_local/lives`, before anything is written or answered in it. */
export async function openLives({ store, now, newId }: Deps): Promise<Lives> {
  const own = newId()
  let lives: Life[] = []
  let checked = 0

  const reread = async () => {
    lives = (await store.local<Stored>('lives'))?.lives ?? []
    // At the start; or another server noted itself at the same moment, or the store lost what it had noted.
    if (!lives.some(({ id }) => id === own)) {
      const until = (await store.local<Reservation>('ticks'))?.until ?? 0
      lives = [...lives, { id: own, seq: (await store.info()).seq, until }].slice(-most)
      await store.setLocal<Stored>('lives', { lives })
    }
    checked = now()
  }
  const current = () => must(lives.at(-1), 'a life').id
  await reread()

  return {
    current,
    async confirm() {
      if (Math.abs(now() - checked) >= recheck) await reread()
    },
    async since(life, seq, floor) {
      if (life === current()) return 'same'
      await reread()
      if (life === current()) return 'same'
      const at = lives.findIndex(({ id }) => id === life)
      const later = lives.slice(at + 1)
      if (at < 0 || later.some(({ until }) => until < floor)) return 'set-back'
      if (store.kind === 'couchdb') return 'unknown'
      // A store in one place counts its changes: what a device heard of in a life was there when the next began.
      return later.every((one) => Number(one.seq) >= Number(seq)) ? 'same' : 'set-back'
    },
  }
}
