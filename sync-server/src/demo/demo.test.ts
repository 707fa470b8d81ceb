import { fold } from 'shared/journal/fold'
import { foldRulesOf } from 'shared/journal/capacity'
import { parseEntry } from 'shared/journal/kinds/kinds'
import { policyOn } from 'shared/people/directory'
import { groupBy } from 'shared/plain/group-by'
import { makeDemo, type DemoKind } from './demo'
import { directoryOfEntries, judgeAll } from './judged-in-tests'

const days: [DemoKind, string, string][] = [
  ['small', '2026-11-23', '2026-11-23T08:30:00Z'],
  ['full', '2026-09-02', '2026-09-02T09:30:00Z'],
  ['fixture', '2026-09-16', '2026-09-16T07:00:00Z'],
]

describe.each(days)('the %s demo on %s', (kind, today, instant) => {
  const now = Date.parse(instant)
  const made = makeDemo(kind, { seed: '1', today, now })
  const demo = { ...made, entries: [...made.entries] }
  const directory = directoryOfEntries(demo.entries)

  test('every entry has the shape of its kind and the id of its content', () => {
    const strange = demo.entries.filter(({ entry }) => parseEntry(entry) === null)
    expect(strange).toEqual([])
    expect(new Set(demo.entries.map(({ entry }) => entry.id)).size).toBe(demo.entries.length)
  })

  test.each([true, false])(
    'the rules admit every entry, whether the contact is proven (%s) or not',
    (proven) => {
      const refused = judgeAll(demo.db, demo.entries, proven).filter(({ admission }) => admission.is !== 'in')
      expect(refused.slice(0, 3)).toEqual([])
    },
  )

  test('T1 the school fixes every moment to two seconds', () => {
    const wide = judgeAll(demo.db, demo.entries, true).filter(({ made }) => made.to - made.from > 2500)
    expect(wide.slice(0, 3)).toEqual([])
  })

  test('C3 nothing conflicts: every entry holds or was replaced', () => {
    const judged = judgeAll(demo.db, demo.entries, true)
    const rules = foldRulesOf(policyOn(today, directory))
    const standings = [...groupBy(judged, ({ entry }) => entry.sheet).values()].flatMap((sheet) =>
      Object.values(
        fold(
          sheet.map(({ entry, admission, capacity, made }) => ({
            ...entry,
            admission,
            capacity,
            made: made.from,
          })),
          rules,
        ).standings,
      ),
    )
    expect(new Set(standings.map(({ is }) => is))).toEqual(
      new Set(kind === 'fixture' ? ['holds'] : ['holds', 'replaced']),
    )
  })

  test('each author counts their own entries of a device from 1, without a gap', () => {
    for (const own of groupBy(demo.entries, ({ entry }) => `${entry.author} ${entry.device}`).values()) {
      expect(own.map(({ entry }) => entry.n).sort((a, b) => a - b)).toEqual(own.map((_one, i) => i + 1))
    }
  })

  test('the directory comes first, then lessons in order of time, none from the future', () => {
    const first = demo.entries.findIndex(({ entry }) => entry.kind !== 'keep-directory')
    const lessons = demo.entries.slice(first)
    expect(lessons.every(({ entry }) => entry.sheet.startsWith('lesson:'))).toBe(true)
    expect(lessons.every(({ received }, i) => received >= (lessons[i - 1]?.received ?? 0))).toBe(true)
    expect(demo.entries.filter(({ received }) => received > now)).toEqual([])
  })

  test('the same seed, today and now give the same bytes, another seed gives others', () => {
    const again = makeDemo(kind, { seed: '1', today, now })
    expect(JSON.stringify({ ...again, entries: [...again.entries] })).toBe(JSON.stringify(demo))
    const [other] = makeDemo(kind, { seed: '2', today, now }).entries
    expect(other?.entry.id).not.toBe(demo.entries[0]?.entry.id)
  })

  test('every sign-in is of somebody in the directory, under a login of their own, with what they are', () => {
    expect(new Set(demo.accounts.map(({ login }) => login)).size).toBe(demo.accounts.length)
    for (const { person, roles, password } of demo.accounts) {
      const known = [
        ...(directory.staff.get(person)?.roles ?? []),
        ...([...directory.classes.values()].some(({ homeroom }) => homeroom === person) ? ['homeroom'] : []),
        ...(directory.guardians.has(person) ? ['guardian'] : []),
        ...(directory.students.has(person) ? ['student'] : []),
      ]
      expect({ person, roles: known }).toEqual({ person, roles })
      expect(password.length).toBeGreaterThanOrEqual(8)
    }
  })
})
