import { anEntry, mathLesson, salt } from 'shared/testing/small-school'
import type { ProjectedSheet } from 'shared/journal/project'
import { pullEnvelope, type PullReply } from 'shared/wire/pull'
import { must } from 'shared/plain/must'
import { freeWay, type RightOfWay } from '../http/right-of-way'
import { makeTestClock, settled, smallJournal, type SmallJournal } from '../journal/small-journal'

/** A device as far as pulling goes: it keeps what comes, drops what is gone. */
class Device {
  checkpoint: string | null = null
  readonly sheets = new Map<string, ProjectedSheet>()
  replies: PullReply[] = []

  constructor(
    readonly journal: SmallJournal,
    readonly person: string,
    readonly limit = 100,
  ) {}

  async pullOnce(open?: string[]): Promise<PullReply> {
    const { checkpoint, limit } = this
    const reply = await this.journal.pull({ checkpoint, limit, ...(open ? { open } : {}) }, this.person)
    this.replies.push(reply)
    for (const sheet of reply.sheets) this.sheets.set(sheet.id, sheet)
    for (const [start, end] of reply.gone) {
      for (const id of this.sheets.keys()) if (id >= start && id <= end) this.sheets.delete(id)
    }
    this.checkpoint = reply.checkpoint
    return reply
  }

  /** The same device, asking another server. */
  on(journal: SmallJournal): Device {
    const moved = new Device(journal, this.person, this.limit)
    moved.checkpoint = this.checkpoint
    return moved
  }

  /** Pulls until there is no more; the ids that came. */
  async pull(open?: string[]): Promise<string[]> {
    this.replies = []
    for (let more = true; more;) more = (await this.pullOnce(open)).more
    return this.replies.flatMap(({ sheets }) => sheets.map(({ id }) => id))
  }

  get ids(): string[] {
    return [...this.sheets.keys()].sort()
  }
}

function contentOf(device: Device): { recent: string } {
  const [text = ''] = must(device.checkpoint, 'a checkpoint').split('.')
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as { recent: string }
}

/** The device's checkpoint with something in it changed, as this server itself would have written it. */
function spelled(device: Device, change: object): string {
  const text = Buffer.from(JSON.stringify({ ...contentOf(device), ...change })).toString('base64url')
  return `${text}.${device.journal.signer.proofOf(text)}`
}

const lessons = ['2026-09-01', '2026-09-02', '2026-09-15', '2026-09-16'].map((date) => `lesson:m5:${date}:2`)
const topic = { text: 'Дроби', salt }

async function journalWithLessons(options: { way?: RightOfWay } = {}): Promise<SmallJournal> {
  const clock = makeTestClock(Date.parse('2026-08-31T12:00:00Z'))
  const journal = await smallJournal({ clock, ...options })
  for (const sheet of lessons) {
    journal.clock.now = Date.parse(`${sheet.split(':')[2]}T06:40:00Z`)
    await journal.send(anEntry({ sheet, kind: 'set-topic', cell: 'topic', value: topic }))
  }
  return journal
}

const directoryOfTeacher = ['calendar', 'policy', 'roster:c5a', 'school', 'staff', 'timetable:c5a']

describe('the first pull', () => {
  test('brings the directory first, then the lessons around today, then the others', async () => {
    const device = new Device(await journalWithLessons(), 't1')
    const came = await device.pull()
    expect(came.slice(0, 6).sort()).toEqual(directoryOfTeacher)
    expect(came.slice(6)).toEqual([lessons[2], lessons[3], lessons[0], lessons[1]])
  })

  test('goes on from where it was cut, in pages of any size, and brings each sheet once', async () => {
    const journal = await journalWithLessons()
    for (const limit of [1, 2, 3, 7]) {
      const device = new Device(journal, 't1', limit)
      const came = await device.pull()
      expect(came).toHaveLength(10)
      expect(device.ids).toEqual([...directoryOfTeacher, ...lessons].sort())
      expect(Math.max(...device.replies.map(({ sheets }) => sheets.length))).toBe(limit)
      const totals = device.replies.flatMap(({ total }) => total ?? [])
      expect(totals).toEqual([...totals].sort((a, b) => b - a))
    }
  })

  test('is read for nobody who has left while they waited, and goes on when they ask again', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    const left = await journal.pull({ checkpoint: null, limit: 100 }, 't1', () => false)
    expect(left.sheets).toEqual([])
    device.checkpoint = left.checkpoint
    expect(await device.pull()).toHaveLength(10)
  })

  test('an entry written on a sheet already read comes with the changes', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1', 8)
    await device.pullOnce()
    expect(device.ids).toContain(mathLesson)
    await journal.send(anEntry())
    await device.pull()
    expect(device.sheets.get(mathLesson)?.cells['mark:answer:s1']?.value).toBe('5')
    expect(device.ids).toEqual([...directoryOfTeacher, ...lessons].sort())
  })
})

describe('later pulls', () => {
  test('bring what changed and nothing else, on another server too', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    await device.pull()
    expect(await device.pull()).toEqual([])
    await journal.send(anEntry())
    const other = device.on(await journal.beside())
    expect(await other.pull()).toEqual([mathLesson])
    expect(await device.pull()).toEqual([mathLesson])
    expect(await device.pull()).toEqual([])
  })

  test('P-4 carry along what was sent lately until the floor has passed it, and no longer', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    await journal.send(anEntry())
    await device.pull()
    const recentAfter: string[] = []
    for (let minute = 0; minute < 5; minute++) {
      journal.clock.now += 60_000
      expect(await device.pull()).toEqual([])
      recentAfter.push(contentOf(device).recent)
    }
    expect(recentAfter[0]).not.toBe('')
    expect(recentAfter[4]).toBe('')
    await journal.send(anEntry({ base: [], value: '4' }))
    expect(await device.pull()).toEqual([mathLesson])
    expect(contentOf(device).recent).not.toBe('')
  })

  test('P-3 a device far behind reads ranges again, and is sent only what it has not got', async () => {
    const journal = await smallJournal()
    const device = new Device(journal, 't1', 500)
    await device.pull()
    journal.clock.now += 3_600_000
    const odd = Array.from({ length: 2_100 }, (_, i) =>
      anEntry({ author: 't5', sheet: `lesson:x${i}:2026-09-16:2`, cell: 'mark:answer:s9' }),
    )
    for (let from = 0; from < odd.length; from += 100) await journal.send(...odd.slice(from, from + 100))
    await journal.send(anEntry())
    // Another server, which knows none of this by heart.
    const other = device.on(await journal.beside())
    expect(await other.pull()).toEqual([mathLesson])
    expect(other.replies.length).toBeGreaterThan(1)
    expect(await other.pull()).toEqual([])
    // The one that saw it all come answers at once.
    expect(await device.pull()).toEqual([mathLesson])
    expect(device.replies).toHaveLength(1)
  })

  test('P-2 more than a page of changes comes in pages, each once', async () => {
    const journal = await smallJournal()
    const device = new Device(journal, 't1', 3)
    await device.pull()
    const days = ['07', '08', '09', '10', '11', '14', '15', '16']
    const sheets = days.map((day) => `lesson:m5:2026-09-${day}:2`)
    for (const sheet of sheets)
      await journal.send(anEntry({ sheet, kind: 'set-topic', cell: 'topic', value: topic }))
    expect((await device.pull()).sort()).toEqual(sheets)
    expect(device.replies.length).toBeGreaterThan(2)
    expect(await device.pull()).toEqual([])
  })

  test('once a week everything is read again', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    await device.pull()
    journal.clock.now += 8 * 86_400_000
    expect(await device.pull()).toHaveLength(10)
    expect(await device.pull()).toEqual([])
  })

  test('P-1 a checkpoint of no sense, of another journal or of other rules begins anew, dropping what was held', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    await device.pull()
    for (const checkpoint of [
      'garbage',
      spelled(device, { db: 'journal-other-2026' }),
      spelled(device, { rules: 999 }),
      spelled(device, { feed: 'another' }),
      spelled(device, { reading: { todo: [99] } }),
      spelled(device, { surprise: 1 }),
    ]) {
      device.checkpoint = checkpoint
      expect((await device.pullOnce()).gone).toEqual([['a', 'z~']])
      expect(device.ids).toEqual([])
      await device.pull()
      expect(device.ids).toEqual([...directoryOfTeacher, ...lessons].sort())
    }
  })
})

test('P-1 a checkpoint of somebody else’s making is not read, so no day, sequence or place of theirs reaches the store', async () => {
  const journal = await journalWithLessons()
  const device = new Device(journal, 't1')
  await device.pull()
  const reading = { todo: [0], day: 'x', step: 0, after: 'zzz', above: 0, seq: 'zzz', floor: 0 }
  const [text, proof] = spelled(device, { reading }).split('.')
  for (const forged of [
    text,
    `${text}.`,
    `${text}.${'A'.repeat(22)}`,
    `${device.checkpoint?.split('.')[0]}x.${proof}`,
  ]) {
    device.checkpoint = forged ?? ''
    expect((await device.pullOnce()).gone).toEqual([['a', 'z~']])
  }
  await device.pull()
  expect(device.ids).toEqual([...directoryOfTeacher, ...lessons].sort())
})

/** A device that has been sent an entry of which the backup knows nothing. */
async function aheadOfBackup() {
  const journal = await smallJournal()
  const device = new Device(journal, 't1')
  await device.pull()
  const backup = journal.stores.backup()
  await journal.send(anEntry())
  expect(await device.pull()).toEqual([mathLesson])
  return { journal, device, backup }
}

test('O3 a device that has heard of more changes than there are reads everything again, whoever has a receipt', async () => {
  const { journal, device, backup } = await aheadOfBackup()
  const setBack = device.on(await journal.beside(backup))
  await setBack.pull()
  expect(setBack.replies[0]?.gone).toEqual([['a', 'z~']])
  expect(setBack.ids).toEqual(directoryOfTeacher)
  await setBack.pull()
  expect(setBack.replies.flatMap(({ gone }) => gone)).toEqual([])
})

test('O3 a store that was copied back and has grown on tells a device what has the numbers of what it lost', async () => {
  const { journal, device, backup } = await aheadOfBackup()
  const server = await journal.beside(backup)
  const [, , other = ''] = lessons
  for (const value of ['5', '4', '3']) await server.send(anEntry({ sheet: other, value, base: [] }))
  const setBack = device.on(server)
  await setBack.pull()
  expect(setBack.replies[0]?.gone).toEqual([['a', 'z~']])
  expect(setBack.ids).toEqual([...directoryOfTeacher, other].sort())
})

test('P-1 the checkpoint of a year of substitutions is not too long to be sent back', async () => {
  const given = Array.from({ length: 850 }, (_, i) => {
    const day = new Date(Date.parse('2026-09-01T00:00:00Z') + (i % 250) * 86_400_000)
      .toISOString()
      .slice(0, 10)
    const cell = `substitution:m5:${day}:${Math.floor(i / 250) + 1}`
    return [cell, { teacher: 't3', cancelled: false, room: null }]
  })
  const journal = await smallJournal({ changes: { 'timetable:c5a': Object.fromEntries(given) } })
  const device = new Device(journal, 't3')
  await device.pull()
  expect(device.checkpoint?.length).toBeGreaterThan(20_000)
  expect(pullEnvelope.safeParse({ checkpoint: device.checkpoint, limit: 100 }).success).toBe(true)
  expect(await device.pull()).toEqual([])
})

describe('P-1 scope', () => {
  const substitute = { teacher: 't3', cancelled: false, room: null }
  const substitution = 'substitution:m5:2026-09-16:2'

  test('grows: what was added is read, and only that', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't3')
    await device.pull()
    expect(device.ids).toEqual(directoryOfTeacher)
    await journal.office('timetable:c5a', substitution, substitute)
    expect(await device.pull()).toEqual([mathLesson, 'timetable:c5a'])
  })

  test('shrinks: what is gone is named', async () => {
    const journal = await journalWithLessons()
    await journal.office('timetable:c5a', substitution, substitute)
    const device = new Device(journal, 't3')
    await device.pull()
    expect(device.ids).toContain(mathLesson)
    await journal.office('timetable:c5a', substitution, null)
    await device.pull()
    expect(device.replies[0]).toMatchObject({ gone: [[mathLesson, mathLesson]], sheets: [] })
    expect(device.ids).toEqual(directoryOfTeacher)
  })

  test('somebody who leaves holds nothing any more (ACC-26)', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 't1')
    await device.pull()
    const name = { last: 'Орлова', first: 'Мария', middle: '', salt }
    await journal.office('staff', 'person:t1', { name, roles: ['teacher'], to: '2026-09-15' })
    await device.pull()
    expect(device.ids).toEqual([])
  })

  test('A3 who loses a right while they wait for their turn is shown nothing by it, however long that takes', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const journal = await journalWithLessons({ way: { ...freeWay, giveWay: () => gate } })
    const before = journal.pull({ checkpoint: null, limit: 100 }, 't2')
    const device = new Device(journal, 't3')
    await journal.office('timetable:c5a', substitution, substitute)
    const waiting = device.pullOnce()
    await settled()
    await journal.office('timetable:c5a', substitution, null)
    open()
    await Promise.all([before, waiting])
    expect(device.ids).not.toContain(mathLesson)
    await device.pull()
    expect(device.ids).toEqual(directoryOfTeacher)
  })

  test('a guardian who becomes the teacher of the same lessons sees them whole, and then not any more', async () => {
    const journal = await journalWithLessons()
    await journal.send(anEntry({ cell: 'mark:answer:s2' }))
    const device = new Device(journal, 'g1')
    await device.pull()
    expect(Object.keys(must(device.sheets.get(mathLesson), 'the lesson').cells)).toEqual(['topic'])
    const name = { last: 'Абрамова', first: 'Светлана', middle: '', salt }
    await journal.office('staff', 'person:g1', { name, roles: ['teacher'] })
    await journal.office('timetable:c5a', substitution, { ...substitute, teacher: 'g1' })
    await device.pull()
    expect(Object.keys(must(device.sheets.get(mathLesson), 'the lesson').cells)).toContain('mark:answer:s2')
    expect(device.ids).toEqual(expect.arrayContaining(lessons))
    await journal.office('timetable:c5a', substitution, null)
    await device.pull()
    expect(Object.keys(must(device.sheets.get(mathLesson), 'the lesson').cells)).toEqual(['topic'])
    expect(device.ids).toEqual(expect.arrayContaining(lessons))
  })

  test('P-5 a deputy holds the directory, and a section for as long as it is opened', async () => {
    const journal = await journalWithLessons()
    const device = new Device(journal, 'd1')
    await device.pull()
    expect(device.ids.some((id) => id.startsWith('lesson:'))).toBe(false)
    expect(await device.pull(['m5'])).toEqual([lessons[2], lessons[3], lessons[0], lessons[1]])
    await device.pull()
    expect(device.ids.some((id) => id.startsWith('lesson:'))).toBe(false)
  })

  test('nobody gets a section by asking for it who may not read it', async () => {
    const device = new Device(await journalWithLessons(), 't3')
    await device.pull(['m5'])
    expect(device.ids).toEqual(directoryOfTeacher)
  })
})

describe('a family', () => {
  test('ACC-19 gets its own child’s cells and never another child’s, on no sheet', async () => {
    const journal = await journalWithLessons()
    const secrets = ['s2', 's3'].map((student) => anEntry({ cell: `mark:answer:${student}`, value: '2' }))
    await journal.send(anEntry({ cell: 'mark:answer:s1', value: '4' }), ...secrets)
    const remark = { to: 'family', text: { text: 'Тайна Белкиной', salt } }
    await journal.send(anEntry({ kind: 'set-remark', cell: 'remark:s2:r1', value: remark }))
    const device = new Device(journal, 'g1')
    await device.pull()
    expect(device.sheets.get(mathLesson)?.cells['mark:answer:s1']?.value).toBe('4')
    const all = JSON.stringify([...device.sheets.values()])
    expect(all).not.toMatch(/Белкина|Белкин|Воронин|Тайна|answer:s2|answer:s3|"s2"|"s3"|policy/)
    expect(device.ids.filter((id) => id.startsWith('lesson:e5b'))).toEqual([])
  })

  test('P-4 never learns that something happened to another child', async () => {
    const journal = await journalWithLessons()
    await journal.send(anEntry({ cell: 'mark:answer:s1' }))
    const device = new Device(journal, 'g1')
    await device.pull()
    const before = device.sheets.get(mathLesson)
    for (const minutes of [0, 1, 5, 600]) {
      journal.clock.now += minutes * 60_000
      await journal.send(anEntry({ cell: 'mark:answer:s2', value: '2' }))
      expect(await device.pull()).toEqual([])
    }
    // The floor alone says so too, once what was sent lately is forgotten.
    device.checkpoint = spelled(device, { recent: '' })
    await journal.send(anEntry({ cell: 'mark:answer:s2', value: '2' }))
    expect(await device.pull()).toEqual([])
    await journal.send(anEntry({ cell: 'mark:answer:s1', value: '3', base: [] }))
    expect(await device.pull()).toEqual([mathLesson])
    expect(before?.version).toBeLessThan(must(device.sheets.get(mathLesson), 'the lesson').version)
  })
})
