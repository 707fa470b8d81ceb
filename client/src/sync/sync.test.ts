import type { Entry } from 'shared/journal/entry'
import type { Receipt } from 'shared/journal/receipt'
import { mathLesson } from 'shared/testing/small-school'
import { emptyDisk, memoryStorage, type Disk } from '../store/memory-storage'
import { makeJournal } from '../store/journal'
import { emptyMeta, StorageTrouble } from '../store/storage'
import { duringMathLesson, meOf, pulledSheet, standingClock } from '../testing/test-journal'
import { handTimers, tinySchool, type TinySchool } from '../testing/tiny-school'
import { syncJournal } from './sync-journal'
import { verifyReceipts } from './verify'

const cell = 'mark:answer:s1'

function device(school: TinySchool, disk: Disk = emptyDisk(), storage = memoryStorage(disk)) {
  const timers = handTimers()
  const loaded = { rows: [...disk.rows.values()], dismissed: [], meta: disk.meta }
  const parts = { me: meOf('t1'), device: 'tablet1', clock: standingClock(duringMathLesson), timers, loaded }
  const journal = makeJournal({
    ...parts,
    storage,
    requestSync: (why) => pump.request(why),
  })
  journal.takeIn(disk.sheets.values())
  const pump = syncJournal({
    journal,
    api: school.api,
    verify: verifyReceipts(school.key),
    timers,
    random: () => 0.5,
    exclusively: (run) => run(),
  })
  const write = (value: string, student = 's1') =>
    journal.write({ sheet: mathLesson, kind: 'set-mark', set: [{ cell: `mark:answer:${student}`, value }] })
  const sync = async () => {
    pump.request('asked')
    await pump.settled()
  }
  return { journal, pump, timers, disk, write, sync }
}

test('a day without network reaches the school when the network comes back, each entry once', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (const value of ['2', '3', '4']) await tablet.write(value)
  await tablet.pump.settled()
  expect(tablet.journal.status()).toMatchObject({ unsent: 3, state: 'offline', lastSync: null })
  school.down = false
  await tablet.sync()
  expect(tablet.journal.status()).toMatchObject({ unsent: 0, state: 'idle', lastSync: school.time })
  expect([...school.ledger.values()].map(({ entry }) => entry.n)).toEqual([1, 2, 3])
})

test('O1 everything goes in order of n, a hundred at a time', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (let i = 0; i < 230; i += 1) await tablet.write(String((i % 4) + 2))
  school.down = false
  await tablet.sync()
  expect(school.pushes.map((push) => push.length)).toEqual([100, 100, 30])
  expect(school.pushes.flat().map(({ n }) => n)).toEqual(Array.from({ length: 230 }, (_, i) => i + 1))
})

test('O2 a lost reply is sent again and stored once', async () => {
  const school = tinySchool()
  const tablet = device(school)
  school.loseReplies = 1
  await tablet.write('5')
  await tablet.pump.settled()
  expect(school.ledger.size).toBe(1)
  expect(tablet.journal.status().unsent).toBe(1)
  await tablet.sync()
  expect(school.ledger.size).toBe(1)
  expect(school.pushes).toHaveLength(2)
  expect(tablet.journal.status().unsent).toBe(0)
})

test('O2 a receipt without the signature of the school takes nothing out of the outbox', async () => {
  const school = tinySchool()
  const tablet = device(school)
  const { sign } = school
  school.sign = () => 'forged'
  await tablet.write('5')
  await tablet.pump.settled()
  expect(tablet.journal.status()).toMatchObject({ unsent: 1, state: 'server-trouble' })
  school.sign = sign
  await tablet.sync()
  expect(tablet.journal.status()).toMatchObject({ unsent: 0, state: 'idle' })
})

test('O2 an entry that went out under the session of another person stays in the outbox', async () => {
  const school = tinySchool()
  const tablet = device(school)
  school.admission = { is: 'out', why: 'not-author' }
  await tablet.write('5')
  await tablet.pump.settled()
  expect(tablet.journal.status()).toMatchObject({ unsent: 1, refused: 0 })
})

test('O2 receipts for some of a batch take out those, the others go again', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (const value of ['2', '3', '4', '5']) await tablet.write(value)
  school.down = false
  school.answers = (entry) => entry.n % 2 === 0
  await tablet.sync()
  expect(tablet.journal.status().unsent).toBe(2)
  school.answers = () => true
  await tablet.sync()
  expect(tablet.journal.status().unsent).toBe(0)
})

test('O4 one entry that the school cannot read does not hold up the others', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (const value of ['2', '3', '4', '5', '2']) await tablet.write(value)
  school.down = false
  school.refuses = (entry) => entry.n === 3
  await tablet.sync()
  expect([...school.ledger.values()].map(({ entry }) => entry.n)).toEqual([1, 2, 4, 5])
  expect(tablet.journal.status()).toMatchObject({ unsent: 1, state: 'server-trouble' })
})

test('O3 a store set back to an older copy gets everything again with its receipts', async () => {
  const school = tinySchool()
  const tablet = device(school)
  for (const value of ['2', '3', '4']) {
    await tablet.write(value)
    await tablet.pump.settled()
  }
  const receipts = [...school.ledger.values()].map(({ receipt }) => receipt)
  school.setBack(1)
  await tablet.sync()
  expect([...school.ledger.values()].map(({ receipt }) => receipt)).toEqual(receipts)
  expect(school.epoch).toBe('epoch2')
  expect(tablet.disk.meta).toMatchObject({ epoch: 'epoch2', offering: null })
})

test('O3 a set-back is found even when the first thing the device does is to send', async () => {
  const school = tinySchool()
  const tablet = device(school)
  await tablet.write('2')
  await tablet.pump.settled()
  school.setBack(0)
  await tablet.write('3')
  await tablet.pump.settled()
  expect([...school.ledger.values()].map(({ entry }) => entry.n).sort()).toEqual([1, 2])
})

test.each([
  ['goes on', false],
  ['stops and starts again', true],
])('O3 a set-back is found by a device that sends, gets no answer to its pull, and %s', async (_, stops) => {
  const school = tinySchool()
  const tablet = device(school)
  await tablet.write('2')
  await tablet.pump.settled()
  school.setBack(0)
  const { pull } = school.api
  school.api.pull = async () => ({ ok: false, failure: 'offline' })
  await tablet.write('3')
  await tablet.pump.settled()
  expect([...school.ledger.values()].map(({ entry }) => entry.n)).toEqual([2])
  school.api.pull = pull
  await (stops ? device(school, tablet.disk) : tablet).sync()
  expect([...school.ledger.values()].map(({ entry }) => entry.n).sort()).toEqual([1, 2])
})

test('O3 offering again goes on where the network broke off', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (let i = 0; i < 150; i += 1) await tablet.write(String((i % 4) + 2))
  school.down = false
  await tablet.sync()
  school.setBack(0)
  school.epoch = 'epoch2'
  school.pushes.length = 0
  school.failAfterPushes = 1
  await tablet.sync()
  expect(tablet.disk.meta.offering).toBe(100)
  school.failAfterPushes = Infinity
  const again = device(school, tablet.disk)
  await again.sync()
  expect(school.pushes.map((push) => push.length)).toEqual([100, 50])
  expect(school.ledger.size).toBe(150)
})

test('O3 what is offered again and gets no good receipt is offered by the next run too', async () => {
  const school = tinySchool()
  const tablet = device(school)
  for (const value of ['2', '3', '4']) {
    await tablet.write(value)
    await tablet.pump.settled()
  }
  school.setBack(0)
  school.answers = ({ n }) => n !== 2
  await tablet.sync()
  school.pushes.length = 0
  school.answers = () => true
  await tablet.sync()
  expect(school.pushes.flat().map(({ n }) => n)).toContain(2)
  expect(tablet.disk.meta.offering).toBeNull()
})

test('O3 a new epoch in the reply to the first that is offered again begins the offering anew', async () => {
  const school = tinySchool()
  const tablet = device(school)
  await tablet.write('2')
  await tablet.pump.settled()
  school.epoch = 'epoch2'
  await tablet.sync()
  await tablet.write('3')
  await tablet.pump.settled()
  // A store that was set back names the first epoch again, until it is shown what it lost.
  school.epoch = 'epoch1'
  const { push } = school.api
  school.api.push = async (envelope) => {
    school.epoch = 'epoch3'
    return push(envelope)
  }
  school.pushes.length = 0
  await tablet.sync()
  expect(school.pushes.flat().map(({ n }) => n)).toEqual(expect.arrayContaining([1, 2]))
  expect(tablet.disk.meta).toMatchObject({ epoch: 'epoch3', offering: null })
})

test('the pull asks until there is no more, and tells how far the first one has come', async () => {
  const school = tinySchool()
  for (let day = 10; day < 30; day += 1)
    school.sheets.push(pulledSheet(`lesson:m5:2026-09-${day}:2`, { [cell]: '5' }))
  school.mostSheets = 8
  const tablet = device(school)
  const seen: unknown[] = []
  tablet.journal.subscribe(() => seen.push(tablet.journal.status().progress))
  await tablet.sync()
  expect(seen).toContainEqual({ done: 8, total: 20 })
  expect(tablet.journal.status().progress).toBeNull()
  expect(tablet.journal.sheet('lesson:m5:2026-09-29:2').cells[cell]?.value).toBe('5')
  expect(tablet.disk.meta.checkpoint).toBe('20')
})

test('a checkpoint that the school does not understand any more leads to a first pull', async () => {
  const school = tinySchool()
  school.sheets.push(pulledSheet(mathLesson, { [cell]: '5' }))
  const disk = { ...emptyDisk(), meta: { ...emptyMeta, checkpoint: 'from another age' } }
  const tablet = device(school, disk)
  await tablet.sync()
  expect(tablet.journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
})

test('P-1 a page that the disk did not take leaves the checkpoint as it was, and comes again', async () => {
  const school = tinySchool()
  school.sheets.push(pulledSheet(mathLesson, { [cell]: '5' }))
  let isFull = true
  const disk = emptyDisk()
  const storage = memoryStorage(disk, () => {
    if (isFull) throw new StorageTrouble('full')
  })
  const tablet = device(school, disk, storage)
  await tablet.sync()
  expect(tablet.disk.sheets.size).toBe(0)
  expect(await tablet.journal.device.checkpoint()).toBeNull()
  isFull = false
  await tablet.sync()
  expect(tablet.disk.sheets.size).toBe(1)
  expect(await tablet.journal.device.checkpoint()).toBe('1')
  expect(tablet.disk.meta.checkpoint).toBe('1')
})

test('P-1 a page that the disk took and said no to is on the screen after the next contact', async () => {
  const school = tinySchool()
  school.sheets.push(pulledSheet(mathLesson, { [cell]: '5' }))
  const disk = emptyDisk()
  const plain = memoryStorage(disk)
  let saysNo = true
  const keepPage: typeof plain.keepPage = async (page) => {
    await plain.keepPage(page)
    if (saysNo) throw new StorageTrouble('failed')
  }
  const tablet = device(school, disk, { ...plain, keepPage })
  await tablet.sync()
  saysNo = false
  await tablet.sync()
  expect(tablet.journal.sheet(mathLesson).cells[cell]?.value).toBe('5')
})

test('O1 what cannot be read on the disk keeps nothing from being sent', async () => {
  const school = tinySchool()
  const disk = emptyDisk()
  const plain = memoryStorage(disk)
  const loadSheets: typeof plain.loadSheets = async function* () {
    yield []
    throw new StorageTrouble('failed')
  }
  const tablet = device(school, disk, { ...plain, loadSheets })
  disk.meta = { ...disk.meta, checkpoint: '1' }
  await tablet.write('5')
  await tablet.sync()
  expect(school.ledger.size).toBe(1)
  expect(tablet.journal.status()).toMatchObject({ unsent: 0, storage: 'failed' })
})

test('P-1 what another tab kept, and died before it told, leaves the disk when it leaves the scope', async () => {
  const school = tinySchool()
  const tablet = device(school)
  tablet.disk.sheets.set(mathLesson, pulledSheet(mathLesson, { [cell]: '5' }))
  tablet.disk.meta = { ...tablet.disk.meta, checkpoint: '1' }
  const { pull } = school.api
  school.api.pull = async (envelope) => {
    const reply = await pull(envelope)
    return reply.ok ? { ...reply, body: { ...reply.body, gone: [['lesson:m5:', 'lesson:m5:~']] } } : reply
  }
  await tablet.sync()
  expect(tablet.disk.sheets.size).toBe(0)
})

test('P-1 where the school never understands the checkpoint the pull ends, and does not claim to hold nothing', async () => {
  const school = tinySchool()
  const disk = { ...emptyDisk(), meta: { ...emptyMeta, checkpoint: 'from another age' } }
  const tablet = device(school, disk)
  const asked: (string | null)[] = []
  school.api.pull = async ({ checkpoint }) => {
    asked.push(checkpoint)
    return { ok: false, failure: 'refused', code: 'bad-request' }
  }
  await tablet.sync()
  expect(asked).toEqual(['from another age', ''])
  expect(tablet.journal.status().state).toBe('server-trouble')
})

test('O1 a batch that is refused for who sends it is not halved, and waits whole', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (const value of ['2', '3', '4', '5']) await tablet.write(value)
  school.down = false
  let asked = 0
  const { push } = school.api
  school.api.push = async () => ((asked += 1), { ok: false, failure: 'refused', code: 'forbidden' })
  await tablet.sync()
  expect(asked).toBe(1)
  expect(tablet.journal.status()).toMatchObject({ unsent: 4, state: 'server-trouble' })
  school.api.push = push
  await tablet.sync()
  expect(tablet.journal.status().unsent).toBe(0)
})

test('O4 a push that is too large for the school goes in halves', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  for (const value of ['2', '3', '4', '5', '2']) await tablet.write(value)
  school.down = false
  const { push } = school.api
  school.api.push = async (envelope) =>
    envelope.entries.length > 2 ? { ok: false, failure: 'refused', code: 'too-large' } : push(envelope)
  await tablet.sync()
  expect(school.pushes.map((sent) => sent.length)).toEqual([2, 1, 2])
  expect(tablet.journal.status().unsent).toBe(0)
})

test('without a network the device tries again after 1, 2, 4 … seconds with jitter, never rarer than each minute', async () => {
  const school = tinySchool()
  school.down = true
  const tablet = device(school)
  tablet.pump.request('start')
  await tablet.pump.settled()
  for (let i = 0; i < 8; i += 1) {
    tablet.timers.next()
    await tablet.pump.settled()
  }
  const waits = tablet.timers.waits.map((ms) => ms / 0.75)
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
})

test('401, 426 and trouble at the school are told apart', async () => {
  const school = tinySchool()
  const tablet = device(school)
  for (const [failure, state] of [
    ['signed-out', 'signed-out'],
    ['too-old', 'too-old'],
    ['server', 'server-trouble'],
    ['offline', 'offline'],
  ] as const) {
    school.fails = failure
    await tablet.sync()
    expect(tablet.journal.status().state).toBe(state)
  }
})

test('T1 an entry made after a contact carries it', async () => {
  const school = tinySchool()
  const tablet = device(school)
  const before = await tablet.write('4')
  await tablet.sync()
  const after = await tablet.write('5')
  expect(before.made.contact).toBeNull()
  expect(after.made.contact).toMatchObject({ time: school.time, token: 'token' })
})

test('entries written while a run is under way go out in the same run', async () => {
  const school = tinySchool()
  const tablet = device(school)
  const writes: Promise<Entry>[] = []
  school.beforePush = () => {
    if (writes.length < 3) writes.push(tablet.write(String(writes.length + 2)))
  }
  await tablet.write('5')
  await tablet.pump.settled()
  await Promise.all(writes)
  await tablet.pump.settled()
  expect(school.ledger.size).toBe(4)
  const receipts: (Receipt | null)[] = tablet.journal.own().map(({ receipt }) => receipt)
  expect(receipts.every((receipt) => receipt !== null)).toBe(true)
})

test('OFF-13 with no room for receipts everything still goes to the school, and is asked for again', async () => {
  const school = tinySchool()
  school.down = true
  const disk = emptyDisk()
  const storage = memoryStorage(disk, () => {
    if (full) throw new StorageTrouble('full')
  })
  const tablet = device(school, disk, storage)
  let full = false
  for (let i = 0; i < 120; i += 1) await tablet.write(String((i % 4) + 2))
  full = true
  school.down = false
  await tablet.sync()
  expect(school.ledger.size).toBe(120)
  expect(tablet.journal.status()).toMatchObject({ unsent: 120, storage: 'full' })
  full = false
  await tablet.sync()
  expect(school.ledger.size).toBe(120)
  expect(tablet.journal.status().unsent).toBe(0)
})

test('one entry that gets no receipt does not slow the next ones down', async () => {
  const school = tinySchool()
  const tablet = device(school)
  school.refuses = (entry) => entry.n === 1
  await tablet.write('2')
  await tablet.pump.settled()
  await tablet.write('3')
  await tablet.pump.settled()
  expect([...school.ledger.values()].map(({ entry }) => entry.n)).toEqual([2])
})
