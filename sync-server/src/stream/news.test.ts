import type { Json } from 'shared/plain/json'
import { anEntry, salt } from 'shared/testing/small-school'
import { smallJournal } from '../journal/small-journal'

test('P-4 a family is told of news only where something that it sees has changed', async () => {
  const journal = await smallJournal()
  const heard = { t1: 0, g1: 0, g2: 0, t3: 0 }
  const stops = (['t1', 'g1', 'g2', 't3'] as const).map((person) =>
    journal.follow(person, () => heard[person]++),
  )
  await journal.clock.pass(1_000)
  const atFirst = { ...heard }
  await journal.send(anEntry({ cell: 'mark:answer:s2', value: '2' }))
  await journal.clock.pass(1_000)
  expect(heard).toEqual({ ...atFirst, t1: atFirst.t1 + 1, g2: atFirst.g2 + 1 })
  stops.forEach((stop) => stop())
  await journal.send(anEntry({ cell: 'mark:answer:s2', value: '3' }))
  await journal.clock.pass(1_000)
  expect(heard.t1).toBe(atFirst.t1 + 1)
})

test('the first of a class is told at once, what follows within a moment together, and what comes later at once again', async () => {
  const journal = await smallJournal()
  let heard = 0
  journal.follow('t1', () => heard++)
  await journal.clock.pass(1_000)
  const mark = async (value: string) => {
    const before = heard
    await journal.send(anEntry({ value }))
    await journal.clock.pass(0)
    return heard - before
  }
  expect([await mark('2'), await mark('3'), await mark('4')]).toEqual([1, 0, 0])
  const before = heard
  await journal.clock.pass(249)
  expect(heard - before).toBe(0)
  await journal.clock.pass(1)
  expect(heard - before).toBe(1)
  await journal.clock.pass(1_000)
  expect(heard - before).toBe(1)
  expect(await mark('5')).toBe(1)
  await journal.close()
})

test('P-4 a family is told of the directory only where it sees something of what changed', async () => {
  const journal = await smallJournal()
  const heard = { t1: 0, g1: 0, g2: 0 }
  const stops = (['t1', 'g1', 'g2'] as const).map((person) => journal.follow(person, () => heard[person]++))
  await journal.clock.pass(1_000)
  const hears = async (sheet: string, cell: string, value: Json) => {
    const before = { ...heard }
    await journal.office(sheet, cell, value)
    await journal.clock.pass(1_000)
    return (['t1', 'g1', 'g2'] as const).filter((person) => heard[person] > before[person])
  }
  const name = (last: string) => ({ last, first: 'Анна', middle: '', salt })
  expect(await hears('roster:c5a', 'student:s3', { name: name('Воронина') })).toEqual(['t1'])
  expect(await hears('families:c5a', 'guardian:g9', { name: name('Воронина'), children: ['s3'] })).toEqual([
    't1',
  ])
  expect(await hears('families:c5a', 'guardian:g2', { name: name('Белкина'), children: ['s2'] })).toEqual([
    't1',
    'g2',
  ])
  expect(await hears('families:c5a', 'guardian:g2', null)).toEqual(['t1', 'g2'])
  expect(await hears('school', 'school', { name: 'Школа 7', short: 'Школа', zone: 'Europe/Moscow' })).toEqual(
    ['t1', 'g1'],
  )
  stops.forEach((stop) => stop())
})
