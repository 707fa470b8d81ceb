import { openApiDocument } from '../../../sync-server/src/openapi/document'
import { interfaceOf } from './interface'
import { faultsOf } from './oracle'
import type { World } from './people'
import type { Plan } from './request'
import type { Heard, Wire } from './send'

const api = interfaceOf(openApiDocument('0.1.0'))
const foreign = /(?<![\w-])s049(?![\w-])/
const world = { known: { abramova: { person: null, cookie: '', spare: [], foreign } } } as unknown as World
const plan = { who: 'abramova' } as Plan
const asks = (method: string, target: string): Wire => ({
  method,
  target,
  headers: [],
  body: null,
  way: 'whole',
})
const hears = (status: number, body: unknown): Heard => ({
  status,
  headers: { 'zvonok-time': '1', 'content-type': 'application/json' },
  text: typeof body === 'string' ? body : JSON.stringify(body),
  ms: 1,
})
const history = asks('GET', '/api/history?sheet=school&cell=school')
const refused = (error: string, message = 'x') => ({ error, message })

describe('a reply is found at fault', () => {
  test.each<[string, Wire, Heard, RegExp]>([
    ['for a fault of the server', history, hears(500, refused('server-fault')), /answered 500/],
    ['for a status that is not documented', history, hears(418, refused('x')), /does not document/],
    ['for a code that is not documented', history, hears(404, refused('not-found')), /does not document/],
    ['for a refusal without a reason', history, hears(403, 'Forbidden'), /without saying why/],
    [
      'for a refusal with more than a reason',
      history,
      hears(403, { ...refused('forbidden'), at: 1 }),
      /without saying why/,
    ],
    ['for a body that does not fit', history, hears(200, { entries: [{ id: 1 }] }), /does not fit/],
    ['for a stack', history, hears(400, refused('bad-request', 'at push (/work/x.ts:1:2)')), /innards/],
    [
      'for somebody else’s child',
      history,
      hears(403, refused('forbidden', 'not of "s049"')),
      /tells abramova/,
    ],
    ['for no time', history, { ...hears(200, { entries: [] }), headers: {} }, /does not tell the time/],
    ['for success where there is no route', asks('PUT', '/api/push'), hears(200, {}), /no route/],
    [
      'for a page of the framework',
      asks('POST', '/x'),
      { ...hears(404, '<html>'), headers: {} },
      /in other words/,
    ],
    ['for making one wait', history, { ...hears(200, { entries: [] }), ms: 60_000 }, /took 60000 ms/],
    ['for silence', history, hears(0, ''), /answered 0/],
  ])('%s', (_what, wire, heard, says) => {
    expect(faultsOf(plan, { wire, entries: [] }, heard, api, world).join('; ')).toMatch(says)
  })

  test('and not where it is as documented, or repeats what was asked', () => {
    const good: [Wire, Heard][] = [
      [history, hears(200, { entries: [] })],
      [history, hears(403, refused('forbidden'))],
      [asks('GET', '/api/history?sheet=x&cell=":s049"'), hears(400, refused('bad-request', '":s049"'))],
      [asks('PUT', '/api/push'), hears(404, refused('not-found'))],
      [{ ...history, way: 'raw' }, hears(400, '')],
      [{ ...asks('GET', 'http://evil.example/api/demo'), way: 'raw' }, hears(200, [{ login: 's049' }])],
    ]
    for (const [wire, heard] of good)
      expect(faultsOf(plan, { wire, entries: [] }, heard, api, world)).toEqual([])
  })
})
