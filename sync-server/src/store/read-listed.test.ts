import { readListed } from './read-listed'
import type { Leafed, StoredDocument } from './store'

/** A store whose copies answer one after another, each with these revisions of `a`: the winner first. */
function answering(...answers: string[][]) {
  let asked = 0
  return {
    async get(ids: readonly string[]) {
      const found = new Map<string, Leafed<StoredDocument>>()
      const [rev, ...losers] = answers[Math.min(asked++, answers.length - 1)] ?? []
      for (const _id of ids)
        if (rev)
          found.set(_id, {
            doc: { _id },
            rev,
            conflicts: losers.map((loser) => ({ doc: { _id }, rev: loser })),
          })
      return found
    },
    asked: () => asked,
  }
}

const told = { ids: ['a'], revs: new Map([['a', '5-b']]) }

test.each([
  ['what was told of', ['5-b']],
  ['what grew since', ['6-a']],
  ['what lost to another beside it', ['5-c', '5-b']],
])('%s is taken as it is', async (_, revs) => {
  const store = answering(revs)
  expect(await readListed(store, told)).toMatchObject({ lacks: false })
  expect(store.asked()).toBe(1)
})

test.each([
  ['an older one', ['4-z']],
  ['another of its age', ['5-c']],
  ['none', []],
])('%s lacks what was told of', async (_, revs) => {
  const store = answering(revs)
  const { found, lacks } = await readListed(store, told)
  expect(lacks).toBe(true)
  expect(found.size).toBe(revs.length > 0 ? 1 : 0)
  expect(store.asked()).toBeGreaterThan(1)
})

test('what is under way to a quorum is found by asking again', async () => {
  const { found, lacks } = await readListed(answering(['4-z'], ['5-b']), told)
  expect({ lacks, rev: found.get('a')?.rev }).toEqual({ lacks: false, rev: '5-b' })
})

test('a store with one copy tells no revisions, and is asked once', async () => {
  const store = answering(['1-a'])
  expect(await readListed(store, { ids: ['a'] })).toMatchObject({ lacks: false })
  expect(store.asked()).toBe(1)
})
