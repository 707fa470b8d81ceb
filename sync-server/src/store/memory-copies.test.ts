import { realSchedule } from '../journal/schedule'
import { makeCopiedStores, type CopiesOptions } from './memory-copies'
import type { StoredDocument } from './store'
import { describeStore } from './store-contract'

const database = 'journal-test-2026'
type Sample = StoredDocument & { text: string }

describeStore('a cluster in memory', async () => {
  let loses = false
  const factory = makeCopiedStores({ ...atOnce(), losesAnswer: () => loses })
  return {
    factory: { ...factory, kind: 'memory' as const },
    plantLeaf: (name, doc, rev) => factory.plantLeaf(name, doc, rev),
    loseAnswers() {
      loses = true
      return () => (loses = false)
    },
    remove: () => factory.close(),
  }
})

function atOnce(): CopiesOptions {
  return { schedule: realSchedule, delay: () => 0, spread: () => 0, pick: () => 0 }
}

/** A cluster whose tasks are run by hand, in the order that a test wants. */
async function cluster(over: Partial<CopiesOptions> = {}) {
  const tasks: (() => void)[] = []
  const schedule = (_ms: number, task: () => void) => {
    tasks.push(task)
    return () => {}
  }
  const options: CopiesOptions = { schedule, delay: () => 1, spread: () => 1, pick: () => 2, ...over }
  const factory = makeCopiedStores(options)
  const store = await factory.open<Sample>(database)
  await store.ensure()
  const run = async (...order: number[]) => {
    const due = tasks.splice(0)
    for (const at of order.length > 0 ? order : due.keys()) due[at]?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { factory, store, run, options }
}

const textOf = (text: string, rev: string | null = null) => [{ doc: { _id: 'a', text }, rev }]

describe('S1, S2 a cluster in memory', () => {
  test('of two writes at once each wins where it came first: one is kept, the other nobody vouches for', async () => {
    const { store, run } = await cluster()
    const [one, two] = [store.write(textOf('one')), store.write(textOf('two'))]
    // To copies 0 and 1 the first comes first, to copy 2 the second.
    await run(0, 3, 1, 4, 5, 2)
    expect((await one).get('a')?.is).toBe('written')
    expect((await two).get('a')?.is).toBe('uncertain')
    await run()
    const read = (await store.get(['a'])).get('a')
    expect([read?.doc.text, ...(read?.conflicts.map(({ doc }) => doc.text) ?? [])].sort()).toEqual([
      'one',
      'two',
    ])
  })

  test('a copy that lags answers with what it has; a quorum does not', async () => {
    let lagging = 2
    const { store, run } = await cluster({ lags: (copy) => copy === lagging })
    const writing = store.write(textOf('one'))
    await run()
    expect((await writing).get('a')?.is).toBe('written')
    await run()
    expect(await store.range('a', 'a', 1)).toEqual([])
    expect((await store.get(['a'])).size).toBe(1)
    lagging = -1
    const again = store.write(textOf('two', (await store.get(['a'])).get('a')?.rev ?? ''))
    await run()
    await again
    await run()
    expect((await store.range('a', 'a', 1)).map(({ text }) => text)).toEqual(['two'])
  })

  test('with one copy in reach a write is accepted, and not acknowledged', async () => {
    const { store, run } = await cluster({ lags: (copy) => copy > 0 })
    const writing = store.write(textOf('one'))
    await run()
    expect((await writing).get('a')).toEqual({ is: 'uncertain' })
  })

  test('a sequence of one copy never passes over what another lacked then', async () => {
    let asked = 0
    let lagging = 1
    const { store, run } = await cluster({ pick: () => asked, lags: (copy) => copy === lagging })
    const writing = store.write(textOf('one'))
    await run()
    await writing
    asked = 1
    const { seq } = await store.info()
    lagging = -1
    asked = 0
    expect((await store.changes(seq, 10)).ids).toEqual(['a'])
    expect((await store.changes((await store.info()).seq, 10)).ids).toEqual([])
  })

  test('of a backup the copies tell each other all that any had', async () => {
    const { store, factory, run, options } = await cluster({ lags: (copy) => copy !== 2 })
    await store.setLocal('epoch', { id: 'e' })
    const writing = store.write(textOf('one'))
    await run()
    await writing
    for (const locals of [true, false]) {
      const restored = await factory
        .backup({ ...options, lags: () => false }, { locals })
        .open<Sample>(database)
      await run()
      expect((await restored.get(['a'])).get('a')?.doc.text).toBe('one')
      expect(await restored.local('epoch')).toEqual(locals ? { id: 'e' } : null)
      expect((await restored.info()).feed === (await store.info()).feed).toBe(locals)
    }
  })
})
