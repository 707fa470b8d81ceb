import type { ChangesPage, Unfollow } from './store'

type OnChange = (ids: string[], seq: string) => void

const pageSize = 1000

/**
 * Those who follow a database that lives in this process. Each reads pages of changes from where it stands; `tell`
 * wakes them after a write. No timers: what they are told depends on the writes alone.
 */
export class Followers {
  readonly #wake = new Set<() => void>()
  readonly #changes: (since: string, limit: number) => Promise<ChangesPage>

  constructor(changes: (since: string, limit: number) => Promise<ChangesPage>) {
    this.#changes = changes
  }

  follow(since: string, onChange: OnChange): Unfollow {
    let stopped = false
    let reading = false
    let again = false
    const read = async (): Promise<void> => {
      reading = true
      try {
        do {
          again = false
          // A store that cannot be read now is read again at the next write.
          const page = await this.#changes(since, pageSize).catch(() => null)
          if (stopped || page === null) return
          since = page.seq
          if (page.ids.length > 0) onChange(page.ids, page.seq)
          again ||= page.more
        } while (again)
      } finally {
        reading = false
      }
    }
    const wake = (): void => {
      again = true
      if (!reading && !stopped) void read()
    }
    this.#wake.add(wake)
    wake()
    return () => {
      stopped = true
      this.#wake.delete(wake)
    }
  }

  tell(): void {
    for (const wake of this.#wake) wake()
  }
}
