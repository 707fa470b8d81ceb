import { anEntry, mathLesson } from 'shared/testing/small-school'
import { officeEntry, smallJournal } from './small-journal'

const section = { subject: 'math', name: 'Математика', short: 'Матем.', group: null, members: null }
const toT3 = { ...section, teacher: 't3' }
const toT1 = { ...section, teacher: 't1' }
const waits = { is: 'waiting', for: 'right' }

async function admissionOf(journal: Awaited<ReturnType<typeof smallJournal>>, author: string) {
  const [receipt] = await journal.send(anEntry({ author }))
  return receipt?.admission
}

describe('A3 rights bind 10 s after their receipt', () => {
  test('a section given to somebody else is still written by the former teacher for 10 s, no longer', async () => {
    const journal = await smallJournal()
    await journal.office('roster:c5a', 'section:m5', toT3)
    expect(await admissionOf(journal, 't1')).toEqual({ is: 'in' })
    expect(await admissionOf(journal, 't3')).toEqual({ is: 'in' })
    await journal.clock.pass(10_000)
    expect(await admissionOf(journal, 't1')).toEqual({ is: 'in' })
    await journal.clock.pass(1)
    expect(await admissionOf(journal, 't1')).toEqual(waits)
    expect(await admissionOf(journal, 't3')).toEqual({ is: 'in' })
  })

  test('a server that has learned nothing yet, one that knows and one that has just started admit the same', async () => {
    const journal = await smallJournal()
    const lagging = await journal.beside()
    await lagging.directory()
    await journal.office('roster:c5a', 'section:m5', toT3)
    await journal.clock.pass(4_000)
    const started = await journal.beside()
    for (const server of [journal, lagging, started])
      expect(await admissionOf(server, 't1')).toEqual({ is: 'in' })
    await journal.clock.pass(6_001)
    for (const server of [journal, lagging, started]) expect(await admissionOf(server, 't1')).toEqual(waits)
  })

  test('a right held for a moment between two changes counts as one that was held', async () => {
    const journal = await smallJournal()
    await journal.office('roster:c5a', 'section:m5', toT3)
    await journal.clock.pass(1_000)
    await journal.office('roster:c5a', 'section:m5', toT1)
    expect(await admissionOf(journal, 't3')).toEqual({ is: 'in' })
    await journal.clock.pass(10_001)
    expect(await admissionOf(journal, 't3')).toEqual(waits)
  })

  test('the receipt names the directory that admitted it (A4)', async () => {
    const journal = await smallJournal()
    const before = (await journal.directory()).versions['roster:c5a']
    await journal.office('roster:c5a', 'section:m5', toT3)
    const [receipt] = await journal.send(anEntry())
    expect(receipt?.by.directory['roster:c5a']).toBe(before)
  })

  test('what waits is judged by no mixture of what sheets said at different times', async () => {
    const journal = await smallJournal()
    expect(await admissionOf(journal, 't3')).toEqual(waits)
    await journal.clock.pass(30_000)
    const cancelled = { teacher: null, cancelled: true, room: null }
    const together = [
      officeEntry('timetable:c5a', 'substitution:m5:2026-09-16:2', cancelled),
      officeEntry('roster:c5a', 'section:m5', toT3, await headsOf(journal)),
    ]
    await journal.send(...together)
    await journal.clock.pass(120_000)
    await journal.office('roster:c5a', 'section:m5', toT1)
    await journal.clock.pass(120_000)
    const history = await journal.history(mathLesson, 'mark:answer:s1', 'd1')
    expect(history?.entries.map(({ admission }) => admission.is)).toEqual(['waiting'])
  })

  test('a receipt from a clock that ran ahead does not put the change off', async () => {
    const journal = await smallJournal()
    journal.clock.now += 3 * 86_400_000
    await journal.send(officeEntry('roster:c5a', 'section:m5', toT3, await headsOf(journal)))
    journal.clock.now -= 3 * 86_400_000
    const restarted = await journal.beside()
    await restarted.directory()
    await journal.clock.pass(10_001)
    expect(await admissionOf(restarted, 't1')).toEqual(waits)
  })
})

async function headsOf(journal: Awaited<ReturnType<typeof smallJournal>>): Promise<string[]> {
  const history = await journal.history('roster:c5a', 'section:m5', 'd1')
  return history?.entries.map(({ id }) => id) ?? []
}
