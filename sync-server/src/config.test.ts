import { resolve } from 'node:path'
import { ConfigFault, readConfig } from './config'

describe('settings', () => {
  test('nothing set: this machine only, port 8080, embedded store in ./data', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      dataDir: resolve('data'),
      clientDir: null,
      couchdb: null,
      demo: null,
      schools: 1,
      clock: null,
      tls: null,
      trustProxy: false,
    })
  })

  test('with TLS it listens to the network', () => {
    const file = new URL('./config.ts', import.meta.url).pathname
    expect(readConfig({ TLS_CERT: file, TLS_KEY: file }).host).toBe('0.0.0.0')
    expect(readConfig({ TLS_CERT: file, TLS_KEY: file, HOST: '10.0.0.5' }).host).toBe('10.0.0.5')
  })

  test('a proxy is trusted by number or address', () => {
    expect(readConfig({ TRUST_PROXY: '1' }).trustProxy).toBe(1)
    expect(readConfig({ TRUST_PROXY: 'true' }).trustProxy).toBe(1)
    expect(readConfig({ TRUST_PROXY: 'loopback' }).trustProxy).toBe('loopback')
  })

  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ DEMO: 'huge' }, 'DEMO'],
    [{ DEMO: 'full', SCHOOLS: 'many' }, 'SCHOOLS'],
    [{ DEMO: 'full', SCHOOLS: '0' }, 'SCHOOLS'],
    [{ DEMO: 'small', SCHOOLS: '2' }, 'SCHOOLS works only with DEMO=full'],
    [{ SCHOOLS: '2' }, 'SCHOOLS works only with DEMO=full'],
    [{ DEMO: 'small', CLOCK: 'yesterday' }, 'CLOCK'],
    [{ CLOCK: '2026-09-16T06:40:00Z' }, 'CLOCK works only with DEMO'],
    [{ COUCHDB_URL: 'localhost:5984' }, 'COUCHDB_URL'],
    [{ TLS_CERT: '/nowhere/cert.pem' }, 'go together'],
    [{ TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' }, 'cannot be read'],
    [{ CLIENT_DIR: '/nowhere' }, 'CLIENT_DIR'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('%j is refused in a sentence', (env, says) => {
    expect(() => readConfig(env)).toThrow(ConfigFault)
    expect(() => readConfig(env)).toThrow(says)
  })
})
