import { mostSheetsAPull, type PullEnvelope } from 'shared/wire/pull'
import { emptyDisk, memoryStorage } from '../store/memory-storage'
import { makeJournal } from '../store/journal'
import { meOf, standingClock } from '../testing/test-journal'
import { handTimers } from '../testing/tiny-school'
import { pullNews, sheetsAPull } from './pull'

/** Pulls four pages, each of which is so many ms under way; answers how many sheets each asked for. */
async function limitsOf(msAPage: number): Promise<number[]> {
  const clock = standingClock(Date.parse('2026-09-16T06:40:00Z'))
  const parts = { me: meOf('t1'), device: 'tablet1', clock, timers: handTimers() }
  const journal = makeJournal({ ...parts, storage: memoryStorage(emptyDisk()) })
  let mono = 0
  const asked: PullEnvelope[] = []
  const api = {
    async pull(envelope: PullEnvelope) {
      asked.push(envelope)
      mono += msAPage
      const body = { sheets: [], gone: [], checkpoint: `page ${asked.length}`, more: asked.length < 4 }
      const contact = { time: 0, token: 'token', clock: clock.read() }
      return { ok: true, body, meta: { contact, epoch: 'e', protocol: 1 } } as const
    },
  }
  const failure = await pullNews(
    {
      api,
      device: journal.device,
      clock: { read: () => ({ ...clock.read(), mono }) },
      open: () => [],
      onMeta: async () => {},
      onProgress: () => {},
    },
    null,
  )
  expect(failure).toBeNull()
  return asked.map(({ limit }) => limit)
}

test('over a slow network pages stay small: what has come is kept when it breaks off', async () => {
  expect(await limitsOf(5_000)).toEqual([sheetsAPull, sheetsAPull, sheetsAPull, sheetsAPull])
})

test('where pages come quickly they grow to what the wire allows: each is a commit to the disk', async () => {
  expect(await limitsOf(50)).toEqual([sheetsAPull, mostSheetsAPull, mostSheetsAPull, mostSheetsAPull])
})
