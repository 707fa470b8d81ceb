import { allPoints, harms } from './points'
import { rehearse } from './rehearsal'

jest.setTimeout(300_000)

// Points that a quiet day passes once: what is done twice there is done once.
const passedOnce = new Set<string>([
  'server: founding claimed',
  'server: founding asked',
  'server: founding done',
  'server: epoch begun',
])

describe.each(allPoints)('%s', (point) => {
  test.each(harms)('%s, once and twice: nothing is lost', async (harm) => {
    for (const times of [1, 2]) {
      const { complaints, done } = await rehearse(point, harm, times)
      expect(complaints).toEqual([])
      expect(done).toBeGreaterThanOrEqual(passedOnce.has(point) ? 1 : times)
    }
  })
})

test('there are at least 24 points, of devices and of servers (R3)', () => {
  for (const side of ['device: ', 'server: '])
    expect(allPoints.filter((point) => point.startsWith(side)).length).toBeGreaterThan(11)
})
