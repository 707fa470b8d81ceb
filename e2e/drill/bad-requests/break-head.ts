import * as fc from 'fast-check'
import type { Wire } from './send'

/** Something wrong, or merely strange, with all of a request but its body. */
export interface HeadFault {
  is: string
  apply: (wire: Wire) => void
}

const header =
  (name: string, value: string) =>
  ({ headers }: Wire): void =>
    void headers.push([name, value])
const instead =
  (name: string, value: string) =>
  (wire: Wire): void => {
    wire.headers = wire.headers.filter(([known]) => known !== name)
    wire.headers.push([name, value])
  }
const raw = (change: (wire: Wire) => void) => (wire: Wire) => {
  // What went wrong on the way first, stays.
  if (wire.way === 'whole') wire.way = 'raw'
  change(wire)
}

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  '',
  'application/json; charset=windows-1251',
  'application/json; charset=utf-16',
  'application/json;charset=utf-8;a=b',
  'application/vnd.api+json',
  'application/json, text/html',
  'APPLICATION/JSON',
  'application/json; charset="utf-8"',
]
const cookies = [
  'zvonok=',
  'zvonok',
  'zvonok=x',
  `zvonok=${'A'.repeat(43)}`,
  `zvonok="${'A'.repeat(43)}"`,
  '=;;=,',
  '__Host-zvonok=x',
  `zvonok=${'%00'.repeat(20)}`,
  `${'a=b; '.repeat(500)}zvonok=${'B'.repeat(43)}`,
  'zvonok=__proto__',
  '__proto__=1',
]
const odd: [string, string][] = [
  ['zvonok-protocol', '0'],
  ['zvonok-protocol', '999'],
  ['zvonok-protocol', 'constructor'],
  ['zvonok-protocol', '1, 1'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['origin', 'javascript:1'],
  ['origin', ''],
  ['sec-fetch-site', 'cross-site'],
  ['sec-fetch-site', 'same-site'],
  ['sec-fetch-site', 'none'],
  ['x-forwarded-for', '1.2.3.4'],
  ['x-forwarded-for', 'not an address, ::1, %00'],
  ['x-forwarded-for', '::ffff:1.2.3.4'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-host', 'evil.example:99999'],
  ['forwarded', 'for="[::1]:0"'],
  ['accept', 'text/html'],
  ['accept-encoding', 'gzip;q=0, *;q=0'],
  ['accept-encoding', 'br, gzip'],
  ['range', 'bytes=0-0'],
  ['if-none-match', '*'],
  ['if-modified-since', 'yesterday'],
  ['expect', '200-ok'],
  ['upgrade', 'websocket'],
  ['x-http-method-override', 'DELETE'],
  ['content-range', 'bytes 0-1/2'],
  ['authorization', 'Basic YWRtaW46YWRtaW4='],
  ['referer', 'https://evil.example/'],
  ['user-agent', ''],
  ['last-event-id', '../1'],
  ['via', '1.1 a'],
  ['x-long', 'x'.repeat(9_000)],
  ['x-long', 'x'.repeat(40_000)],
  ['te', 'trailers'],
  ['trailer', 'zvonok-token'],
  ['content-language', 'ru'],
  ['content-encoding', 'identity'],
]
const bare: [string, (wire: Wire) => void][] = [
  ['two lengths', (wire) => wire.headers.push(['content-length', '3'], ['content-length', '7'])],
  ['a length below zero', header('content-length', '-1')],
  ['a length that is no number', header('content-length', '0x10')],
  [
    'a length and chunks',
    (wire) => wire.headers.push(['content-length', '3'], ['transfer-encoding', 'chunked']),
  ],
  ['chunks within chunks', header('transfer-encoding', 'chunked, chunked')],
  ['an unknown transfer', header('transfer-encoding', 'rot13')],
  ['a NUL in a header', header('x-nul', 'a\u0000b')],
  ['a folded header', header('x-folded', 'a\r\n b')],
  ['two replies asked for at once', header('x-split', 'a\r\n\r\nGET /api/health HTTP/1.1')],
  ['bytes above ASCII in a header', header('x-high', '\u00ff\u00fe')],
  ['no host that could be', header('host', '')],
  ['two hosts', (wire) => wire.headers.push(['host', 'a'], ['host', 'b'])],
  ['another site’s address for a target', (wire) => void (wire.target = `http://evil.example${wire.target}`)],
  ['a space in the target', (wire) => void (wire.target = `${wire.target} HTTP/9.9 x`)],
  ['bytes above ASCII in the target', (wire) => void (wire.target += '\u00d0\u0081')],
  ['no target', (wire) => void (wire.target = '')],
  ['a method that is none', (wire) => void (wire.method = 'GE T')],
  ['a method in small letters', (wire) => void (wire.method = wire.method.toLowerCase())],
  ['a tunnel', (wire) => void (wire.method = 'CONNECT')],
]
const targets: [string, (target: string) => string][] = [
  ['/ at the end', (target) => `${target}/`],
  ['/ twice', (target) => target.replace('/api/', '/api//')],
  ['upper case', (target) => target.toUpperCase()],
  ['dots', (target) => target.replace('/api/', '/api/x/../')],
  ['coded dots', (target) => target.replace('/api/', '/api/%2e%2e/api/')],
  ['a coded letter', (target) => target.replace('/p', '/%70')],
  ['%00', (target) => `${target}%00`],
  ['a broken code', (target) => `${target}%E0%A4%A`],
  ['a lone %', (target) => `${target}%`],
  ['; and a parameter', (target) => `${target};a=1`],
  ['an endless query', (target) => `${target}?${'a=1&'.repeat(1500)}`],
  ['a query of objects', (target) => `${target}?sheet[a]=1&sheet[__proto__][b]=2&cell[]=3`],
  ['a parameter twice', (target) => `${target}?sheet=school&sheet=staff&cell=x&cell=y`],
  ['a query that breaks off', (target) => `${target}?sheet=%&cell=%zz`],
  ['one folder up', () => '/api/../../etc/passwd'],
  ['one folder up, coded', () => '/..%2f..%2f..%2fetc%2fpasswd'],
  ['a file of the server', () => '/api/%2e%2e/%2e%2e/package.json'],
  ['a name of JavaScript', () => '/api/__proto__'],
  ['nowhere', () => '/api/nowhere'],
]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE']

const faults: HeadFault[] = [
  ...types.map((type) => ({ is: `type ${type || 'missing'}`, apply: instead('content-type', type) })),
  ...cookies.map((cookie) => ({ is: `cookie ${cookie.slice(0, 20)}`, apply: instead('cookie', cookie) })),
  ...odd.map(([name, value]) => ({ is: `${name}: ${value.slice(0, 20)}`, apply: header(name, value) })),
  ...bare.map(([is, change]) => ({ is, apply: raw(change) })),
  ...targets.map(([is, change]) => ({ is, apply: (wire: Wire) => void (wire.target = change(wire.target)) })),
  ...methods.map((method) => ({
    is: `method ${method}`,
    apply: (wire: Wire) => void (wire.method = method),
  })),
  ...(['cut', 'endless', 'garbled'] as const).map((way) => ({
    is: `${way} on the way`,
    apply: (wire: Wire) => void (wire.way = way),
  })),
]
const byName = new Map(faults.map((one) => [one.is, one]))

export const headFaultNames = [...byName.keys()]
// By name, so that a failing request is printed as words.
export const headFault: fc.Arbitrary<string> = fc.constantFrom(...headFaultNames)

export function breakHead(wire: Wire, names: readonly string[]): void {
  for (const name of names) byName.get(name)?.apply(wire)
}
