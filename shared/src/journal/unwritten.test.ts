import { admitted, out, refusals, waitingFor } from './receipt'
import { maybeUnwritten } from './unwritten'

it.each([
  { rule: 'O3 what was refused at the door proves nothing', admission: out('shape'), says: true },
  { rule: 'O3 nor what may have been', admission: out('no-such-person'), says: true },
  {
    rule: 'O3 what was refused by its sheet stands in a ledger',
    admission: out('forbidden-value'),
    says: false,
  },
  { rule: 'O3 what waits stands in a ledger', admission: waitingFor('right'), says: false },
  { rule: 'O3 what was admitted stands in a ledger', admission: admitted, says: false },
])('$rule', ({ admission, says }) => {
  expect(maybeUnwritten({ admission })).toBe(says)
})

it('O3 only what is answered at the door may be unwritten: every other refusal stands in a ledger', () => {
  const atTheDoor = refusals.filter((why) => maybeUnwritten({ admission: out(why) }))
  expect(atTheDoor).toEqual([
    'shape',
    'id-mismatch',
    'wrong-database',
    'not-author',
    'no-such-sheet',
    'no-such-person',
    'not-for-families',
  ])
})
