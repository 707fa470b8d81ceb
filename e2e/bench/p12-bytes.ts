import { gzipSync } from 'node:zlib'
import type { DemoReply } from 'shared/wire/health'
import { compare } from './compare'
import { resultOf, type Figure } from './figure'
import { Person } from '../outside/person'
import { Stack } from '../stack'
import { pullAll, type Synced } from './full-school/sync'
import { Wire } from './full-school/wire'

/** P12: what a first sync costs whoever pays for their network by the megabyte. */
export const bytes: Figure = {
  name: 'P12',
  title: 'bytes on the wire of a first sync, against gzip of the same sheets as one JSON array',
  goal: 1.3,
  async run({ runs, couchdb }) {
    // The journal of the demo up to the end of a year: real topics, homework, marks and remarks.
    const stack = await Stack.start({
      demo: 'small',
      clock: '2026-12-25T13:00:00Z',
      couchdb,
      env: { SEED: 'bench' },
    })
    const wire = new Wire(stack.port, { connections: 1 })
    try {
      const { cookie, login } = await busiest(stack.url, wire)
      let synced: Synced | null = null
      const compared = await compare(
        runs,
        async () => (synced = await pullAll(wire, cookie)).wire,
        async () => {
          synced ??= await pullAll(wire, cookie)
          return gzipSync(JSON.stringify(synced.sheets)).length
        },
      )
      const { sheets, pages } = synced ?? (await pullAll(wire, cookie))
      return resultOf(bytes, compared, {
        unit: 'bytes',
        says: `First sync of ${login}, whose device holds most: requests and replies with their heads, both ways, against gzip -6.`,
        more: { sheets: sheets.length, pages, 'plain JSON bytes': JSON.stringify(sheets).length },
      })
    } finally {
      wire.close()
      await stack.stop()
    }
  },
}

async function busiest(url: string, wire: Wire): Promise<{ cookie: string; login: string }> {
  const signIns = (await (await fetch(`${url}/api/demo`)).json()) as DemoReply
  let most = { cookie: '', login: '', sheets: -1 }
  for (const { login, password, roles } of signIns) {
    if (!roles.includes('teacher')) continue
    const { cookie } = await Person.signIn({ url, login, password, device: 'bench' })
    const { sheets } = await pullAll(wire, cookie)
    if (sheets.length > most.sheets) most = { cookie, login, sheets: sheets.length }
  }
  return most
}
