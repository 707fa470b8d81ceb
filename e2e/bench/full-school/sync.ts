import type { ProjectedSheet } from 'shared/journal/project'
import type { Receipt } from 'shared/journal/receipt'
import type { PullReply } from 'shared/wire/pull'
import { sheetsAPull } from '../../../client/src/sync/pull'
import { jsonBody, readJson, type Wire } from './wire'

export interface Synced {
  checkpoint: string
  sheets: ProjectedSheet[]
  /** Bytes on the connection both ways, heads among them. */
  wire: number
  pages: number
}

/** Pulls as a device does, page by page until there is no more. */
export async function pullAll(
  wire: Wire,
  cookie: string,
  from: { checkpoint: string | null; newest?: Receipt } = { checkpoint: null },
): Promise<Synced> {
  const { newest } = from
  const synced: Synced = { checkpoint: '', sheets: [], wire: 0, pages: 0 }
  for (let { checkpoint } = from, more = true; more;) {
    const body = jsonBody({ checkpoint, limit: sheetsAPull, ...(newest ? { newest } : {}) })
    const reply = await wire.ask({ path: '/api/pull', cookie, body })
    const page = readJson<PullReply>(reply)
    synced.sheets.push(...page.sheets)
    synced.wire += reply.wire
    synced.pages++
    ;({ checkpoint, more } = page)
    synced.checkpoint = page.checkpoint
  }
  return synced
}
