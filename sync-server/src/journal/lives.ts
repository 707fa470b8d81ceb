import { must } from 'shared/plain/must'
import type { Store } from '../store/store'

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
  /** What a checkpoint of that life with that sequence is worth here. */
  since(life: string, seq: string): Promise<Since>
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
      lives = [...lives, { id: own, seq: (await store.info()).seq }].slice(-most)
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
    async since(life, seq) {
      if (life === current()) return 'same'
      await reread()
      if (life === current()) return 'same'
      if (store.kind === 'couchdb') return 'unknown'
      const at = lives.findIndex(({ id }) => id === life)
      // A store in one place counts its changes: what a device heard of in a life was there when the next began.
      const isKnown = at >= 0 && lives.slice(at + 1).every((later) => Number(later.seq) >= Number(seq))
      return isKnown ? 'same' : 'set-back'
    },
  }
}
