import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../config'
import { newPrivateKey } from '../journal/signer'
import { makeEmbeddedStores } from '../store/embedded'
import { startServer } from './start-server'

const password = 'шишки-на-ёлке-7'
const school = { id: 'one', name: 'Школа № 1', short: 'Школа 1', zone: 'Asia/Yekaterinburg' }
const wish = {
  school,
  year: 2026,
  name: { last: 'Шилов', first: 'Пётр', middle: '' },
  login: 'shilov',
  password,
}

describe('a server from an empty folder', () => {
  let folder = ''
  let stop = async () => {}
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zvonok-start-'))
  })
  afterEach(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(env: Record<string, string>) {
    const lines: string[] = []
    const config = readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...env })
    const server = await startServer(config, (line) => lines.push(line))
    stop = server.stop
    const ask = async (path: string, body?: unknown) => {
      const post = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
      const res = await fetch(`${server.url}/api${path}`, body === undefined ? {} : post)
      return {
        status: res.status,
        time: Number(res.headers.get('zvonok-time')),
        body: (await res.json()) as Record<string, unknown>,
      }
    }
    return { ...server, lines, ask }
  }

  test('offers set-up once: a school with its administrator, who signs in, also after a restart', async () => {
    const first = await start({})
    expect(first.lines[0]).toBe(`Zvonok listens at ${first.url}`)
    const code = /Set-up code.*: ([A-Z0-9-]+)$/.exec(first.lines.join('\n'))?.[1] ?? ''
    expect((await first.ask('/set-up', { ...wish, code: 'AAAA-BBBB-CCCC' })).status).toBe(403)
    expect((await first.ask('/set-up', { ...wish, code, password: 'password' })).status).toBe(422)
    const school = { ...wish.school, zone: 'Moon/Crater' }
    expect((await first.ask('/set-up', { ...wish, code, school })).status).toBe(400)
    const made = await first.ask('/set-up', { ...wish, code: code.toLowerCase().replaceAll('-', ' ') })
    expect(made).toMatchObject({ status: 201, body: { db: 'journal-one-2026' } })
    expect((await first.ask('/set-up', { ...wish, code })).status).toBe(404)
    expect((await first.ask('/demo')).status).toBe(404)
    await first.stop()

    const second = await start({})
    expect(second.lines.join('\n')).not.toContain('Set-up code')
    const device = { id: 'pc', name: 'Канцелярия' }
    const session = await second.ask('/session', { login: 'shilov', password, device })
    expect(session).toMatchObject({
      status: 200,
      body: { name: 'Шилов Пётр', school: 'Школа 1', zone: 'Asia/Yekaterinburg', roles: ['admin'] },
    })
    expect((await second.ask('/health')).body).toMatchObject({ status: 'ok', store: 'embedded', protocol: 1 })
    await second.stop()
    // A real school is no place for a demo, nor for a clock that can be set.
    await expect(start({ DEMO: 'fixture' })).rejects.toThrow('DEMO needs a store of its own')
  }, 30_000)

  test('a journal that was made beforehand is no school yet: it is offered, and founded', async () => {
    // As couch:set-up leaves a CouchDB.
    const stores = await makeEmbeddedStores(folder)
    for (const db of ['journal-one-2026', 'journal-one-2027']) await (await stores.open(db)).ensure()
    await stores.close()
    await mkdir(join(folder, 'keys'))
    await writeFile(join(folder, 'keys/signing.key'), newPrivateKey())

    const first = await start({})
    const code = /Set-up code.*: ([A-Z0-9-]+)$/.exec(first.lines.join('\n'))?.[1] ?? ''
    expect(await first.ask('/set-up', { ...wish, code })).toMatchObject({
      status: 201,
      body: { db: 'journal-one-2026' },
    })
    expect((await first.ask('/set-up', { ...wish, code })).status).toBe(404)
    await first.stop()

    const second = await start({})
    expect(second.lines.join('\n')).not.toContain('Set-up code')
    // The only school's, whatever lies prepared for the next year.
    expect((await second.ask('/health')).body['epoch']).toMatch(/^\w{16}$/)
  }, 30_000)

  test('a school whose founding was broken off is not offered again', async () => {
    const stores = await makeEmbeddedStores(folder)
    const store = await stores.open('journal-one-2026')
    await store.ensure()
    await store.setLocal('founding', { done: false })
    await stores.close()
    await mkdir(join(folder, 'keys'))
    await writeFile(join(folder, 'keys/signing.key'), newPrivateKey())
    expect((await start({})).lines.join('\n')).not.toContain('Set-up code')
  }, 30_000)

  test('with DEMO founds the demo school and shows its sign-ins; a restart goes on with the same key and a clock that ticked', async () => {
    const clock = '2026-09-16T06:40:00Z'
    const first = await start({ DEMO: 'fixture', CLOCK: clock })
    const signIns = (await first.ask('/demo')).body as unknown as { login: string; password: string }[]
    const orlova = signIns.find(({ login }) => login === 'orlova')
    expect(first.lines.join('\n')).toContain(orlova?.password)
    const signIn = { login: 'orlova', password: orlova?.password, device: { id: 'tablet1', name: '' } }
    const one = await first.ask('/session', signIn)
    expect(one.status).toBe(200)
    expect(one.time - Date.parse(clock)).toBeGreaterThanOrEqual(0)
    expect(one.time - Date.parse(clock)).toBeLessThan(20_000)
    await first.stop()

    const second = await start({ DEMO: 'fixture', CLOCK: clock })
    const two = await second.ask('/session', signIn)
    expect(two.body['key']).toBe(one.body['key'])
    expect(two.time).toBeGreaterThan(one.time)
    const mode = (await stat(join(folder, 'keys/signing.key'))).mode % 0o1000
    expect(mode.toString(8)).toBe('600')
    await second.stop()

    await rm(join(folder, 'keys/signing.key'))
    await expect(start({ DEMO: 'fixture' })).rejects.toThrow('restore')
  }, 30_000)

  test('a second server on the same folder is told so', async () => {
    const first = await start({})
    await expect(start({})).rejects.toThrow('in use by another Zvonok')
    expect((await first.ask('/health')).status).toBe(200)
  }, 30_000)
})
