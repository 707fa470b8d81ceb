import type { HistoryReply } from 'shared/wire/history'
import type { Person } from '../../outside/person'
import type { Random } from '../../simulate/random'
import type { Life } from './life'

export interface BadgeWatch {
  /** How often a device said that all is at the school, and the school was asked. */
  asked: number
  /** When it was not so. */
  lies: string[]
}

const newest = 4

/**
 * Looks at one device after another: when its badge says that everything is at the school (OFF-12), the school must have
 * it. `observer` may read every history.
 */
export async function watchBadges(
  lives: readonly Life[],
  observer: Person,
  { random, until, every }: { random: Random; until: number; every: number },
): Promise<BadgeWatch> {
  const watch: BadgeWatch = { asked: 0, lies: [] }
  const writers = lives.filter(({ device }) => device.journal.me.roles.includes('teacher'))
  while (Date.now() < until) {
    const life = random.pick(writers)
    // Both at once: what is written after this moment the badge has not spoken of.
    const [{ unsent }, said] = [life.device.journal.status(), life.written.slice(-newest)]
    const old = life.written.length > newest ? [random.pick(life.written)] : []
    if (unsent === 0) {
      for (const { id, sheet, cell } of [...said, ...old]) {
        const query = new URLSearchParams({ sheet, cell })
        const history = await observer
          .ask<HistoryReply>('GET', `/api/history?${query.toString()}`)
          .catch(() => null)
        // The server is away just now: it is asked about another time.
        if (!history) continue
        watch.asked += 1
        if (!history.entries.some((entry) => entry.id === id))
          watch.lies.push(
            `${life.device.journal.me.person} was told that ${id} is at the school, and it is not`,
          )
      }
    }
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  return watch
}
