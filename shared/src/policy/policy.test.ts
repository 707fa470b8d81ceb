import type { Json } from '../plain/json'
import { fitsPolicy } from './fits-policy'
import { defaultPolicy, resolvePolicy } from './policy'

test('the product’s own defaults (policies.md, section 3)', () => {
  expect(defaultPolicy).toMatchObject({
    marks: { scale: ['2', '3', '4', '5'] },
    grade1: { marks: 'forbidden', homework: 'forbidden' },
    attendance: { homeroomEdit: 'withTeacher', layers: { fact: 'teacher', reason: 'homeroom' } },
    edits: { afterDeadline: 'deputyApproval' },
    sync: { lateDeliveryHours: 72, clockToleranceSeconds: 120, untrustedTime: 'deputyApproval' },
  })
  expect(fitsPolicy('product-default', {})).toBe(true)
})

test('an override sets one key and leaves the rest, and the default itself', () => {
  const policy = resolvePolicy('product-default', { 'marks.scale': ['1', '5'] })
  expect(policy.marks).toEqual({ ...defaultPolicy.marks, scale: ['1', '5'] })
  expect(defaultPolicy.marks.scale).toEqual(['2', '3', '4', '5'])
})

test('an unknown preset is the product’s defaults', () => {
  expect(resolvePolicy('school-77', {})).toEqual(defaultPolicy)
})

test('no override reaches what every object has', () => {
  resolvePolicy('product-default', {
    '__proto__.polluted': true,
    'marks.__proto__.polluted': true,
    'constructor.prototype.polluted': true,
  })
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test.each<[string, Json]>([
  ['marks.scale', 5],
  ['marks.scale', []],
  [
    'marks.currentDeadline',
    [{ grades: [1, 4], deadline: { kind: 'within', n: -1, unit: 'day', from: 'x' } }],
  ],
  ['marks.currentDeadline', 'sameDay'],
  ['marks.backdating', null],
  ['attendance', null],
  ['grade1.marks', 'allowed'],
  ['sync.clockToleranceSeconds', 1.5],
  ['sync.lateDeliveryHours', '72'],
  ['edits.afterDeadline', 'refuse'],
  ['labels.plan', { salt: 'A'.repeat(22), text: 'x' }],
  ['labels.plan', [{ commitment: 'x' }]],
])('a school cannot set %s to %j: it would stop every judgement', (key, value) => {
  expect(fitsPolicy('product-default', { [key]: value })).toBe(false)
})

test('what this version does not judge by may say anything', () => {
  expect(
    fitsPolicy('product-default', { 'labels.plan': 'План', 'letter.audience': 'all', 'no.such.key': 1 }),
  ).toBe(true)
})
