import { randomBytes } from 'node:crypto'
import type { Account, AccountsDocument } from '../accounts/documents'
import { makeMemoryStores } from '../store/memory'
import type { Store } from '../store/store'
import { makeSessions } from './sessions'

const account: Account = {
  _id: 'account:t1',
  type: 'account',
  login: 't1',
  person: 't1',
  db: 'journal-test-2026',
  hash: '',
  mustChangePassword: true,
  created: 0,
}
const device = { id: 'tablet1', name: 'Планшет' }

/** Sessions over a store that counts its readings and may hold one up or lose an answer. */
async function sessionsOver(kind: Store['kind']) {
  const memory = await makeMemoryStores().open<AccountsDocument>('accounts')
  await memory.ensure()
  const clock = { now: Date.parse('2026-09-16T06:40:00Z') }
  const seen = { reads: 0 }
  const trouble: { holdUp: Promise<void> | null; loseAnswers: boolean } = { holdUp: null, loseAnswers: false }
  const store: Store<AccountsDocument> = {
    ...memory,
    kind,
    ensure: () => memory.ensure(),
    get: async (ids) => {
      seen.reads++
      const found = await memory.get(ids)
      await trouble.holdUp
      return found
    },
    write: async (writes) => {
      const outcomes = await memory.write(writes)
      if (trouble.loseAnswers) throw new Error('no answer')
      return outcomes
    },
  }
  const sessions = makeSessions({ store, now: () => clock.now, random: randomBytes })
  const { token, session } = await sessions.open(account, device)
  return { sessions, token, id: session.id, clock, seen, trouble }
}

test('a store of this process is asked once for a session, one beside other servers every 5 s (A3)', async () => {
  for (const [kind, reads] of [
    ['embedded', 1],
    ['couchdb', 3],
  ] as const) {
    const { sessions, token, clock, seen } = await sessionsOver(kind)
    seen.reads = 0
    for (const pass of [0, 4_999, 5_000, 5_000]) {
      clock.now += pass
      expect(await sessions.find(token)).not.toBeNull()
    }
    expect([kind, seen.reads]).toEqual([kind, reads])
  }
})

test('ACC-21 a session that ended, or lived too long, is found no more however surely it was known', async () => {
  const { sessions, token, id } = await sessionsOver('embedded')
  await sessions.find(token)
  await sessions.end('t1', (session) => session.id === id)
  expect(await sessions.find(token)).toBeNull()
  const old = await sessionsOver('embedded')
  await old.sessions.find(old.token)
  old.clock.now += 15 * 86_400_000
  expect(await old.sessions.find(old.token)).toBeNull()
})

test('ACC-21 a reading that began before the end does not bring the session back', async () => {
  const { sessions, token, trouble } = await sessionsOver('embedded')
  let release = () => {}
  trouble.holdUp = new Promise((resolve) => (release = resolve))
  const reading = sessions.find(token)
  trouble.holdUp = null
  await sessions.end('t1', () => true)
  release()
  await reading
  expect(await sessions.find(token)).toBeNull()
})

test('ACC-21 nor does an end whose answer was lost leave it known', async () => {
  const { sessions, token, trouble } = await sessionsOver('embedded')
  await sessions.find(token)
  trouble.loseAnswers = true
  await expect(sessions.end('t1', () => true)).rejects.toThrow('no answer')
  expect(await sessions.find(token)).toBeNull()
})

test('ACC-06 a changed password opens everything at once', async () => {
  const { sessions, token, id } = await sessionsOver('embedded')
  expect(await sessions.find(token)).toMatchObject({ mustChangePassword: true })
  await sessions.passwordChanged(id)
  expect(await sessions.find(token)).toMatchObject({ mustChangePassword: false })
})
