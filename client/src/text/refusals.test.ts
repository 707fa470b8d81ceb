import { out, waitingFor, waitingForDeputy } from 'shared/journal/receipt'
import { admissionSentence, dueLabel } from './refusals'

const zone = 'Europe/Moscow'

test('what is in has nothing to be said of it', () => {
  expect(admissionSentence({ is: 'in' }, zone, 'ru')).toBeNull()
  expect(admissionSentence({ is: 'holds' }, zone, 'ru')).toBeNull()
})

test('a refusal says why in the words of a school', () => {
  expect(admissionSentence(out('grade1-mark'), zone, 'ru')).toBe('Не принято: в 1 классе отметок не ставят')
  expect(admissionSentence(out('forbidden-value'), zone, 'en')).toBe(
    'Not accepted: the school’s scale has no such mark',
  )
})

test('what waits says for whom, why and when it was due', () => {
  expect(admissionSentence(waitingFor('right'), zone, 'ru')).toBe('Ждёт: эту страницу ведёт другой учитель')
  expect(admissionSentence(waitingForDeputy('late', Date.parse('2026-09-16T21:00:00Z')), zone, 'ru')).toBe(
    'Ждёт решения завуча: сделана после срока (срок 16 сентября, 24:00)',
  )
})

test('the end of a day is 24:00 of that day, not 00:00 of the next', () => {
  expect(dueLabel(Date.parse('2026-09-16T21:00:00Z'), zone, 'ru')).toBe('16 сентября, 24:00')
  expect(dueLabel(Date.parse('2026-09-16T12:10:00Z'), zone, 'ru')).toBe('16 сентября, 15:10')
})
