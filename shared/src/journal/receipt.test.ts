import * as z from 'zod/mini'
import { admission, admitted, out, waitingFor, waitingForDeputy } from './receipt'

test('A1, A2 an answer says what it is, and no more than it knows', () => {
  const answers = [
    admitted,
    out('shape'),
    waitingFor('right'),
    waitingForDeputy('late', 5),
    waitingForDeputy('before-lesson'),
  ]
  expect(answers.map((answer) => JSON.stringify(answer))).toEqual([
    '{"is":"in"}',
    '{"is":"out","why":"shape"}',
    '{"is":"waiting","for":"right"}',
    '{"is":"waiting","for":"deputy","why":"late","due":5}',
    '{"is":"waiting","for":"deputy","why":"before-lesson"}',
  ])
  expect(waitingForDeputy('before-lesson')).not.toHaveProperty('due')
  expect(answers.filter((answer) => !z.safeParse(admission, answer).success)).toEqual([])
})
