import type { ProjectedSheet } from 'shared/journal/project'
import type { PullReply } from 'shared/wire/pull'
import type { Listed } from '../cache/recent-changes'
import { isHeld } from '../cache/scopes'
import { readListed } from '../store/read-listed'
import type { Checkpoint } from './checkpoint'
import { show, type Contact } from './contact'
import { readRanges } from './read-ranges'
import { catchUp } from './reading'
import { isRecent, remember } from './recently-sent'
import { reply } from './reply'

/** Further behind than so many changes, ranges are read again (P-3). */
const mostChanges = 2_000

export async function readChanges(contact: Contact, checkpoint: Checkpoint): Promise<PullReply> {
  const { deps, limit, floor } = contact
  const sheets = new Map<string, ProjectedSheet>()
  const bring = async (listed: Pick<Listed, 'ids' | 'revs'>) => {
    const { found, lacks } = await readListed(deps.store, listed)
    for (const { doc } of found.values()) {
      const sheet = show(doc, contact)
      // P-4: where nothing that this person sees has changed, nothing is sent.
      if (sheet && sheet.version > checkpoint.floor && !isRecent(sheet, checkpoint))
        sheets.set(sheet.id, sheet)
    }
    return lacks
  }
  const answer = (next: Checkpoint, more: boolean) => {
    const brought = [...sheets.values()]
    return reply(
      { sheets: brought, checkpoint: remember(next, brought, next.floor), more },
      deps.signer.proofOf,
    )
  }
  // Before the looking, as the floor.
  const safe = deps.recordedSeq() ?? checkpoint.safe
  const recent = recentlyHeld(contact, checkpoint)
  const isAllRecent = recent !== null && !(await bring(recent))
  let { seq } = isAllRecent ? recent : checkpoint
  let more = !isAllRecent
  let lacking: string | null = null
  for (let seen = 0; more && sheets.size < limit;) {
    const page = await deps.store.changes(seq, limit - sheets.size)
    if (await bring({ ...page, ids: page.ids.filter((id) => isHeld(id, contact)) })) lacking ??= seq
    seq = page.seq
    more = page.more
    seen += page.ids.length
    if (more && seen >= mostChanges) return readRanges(contact, await catchUp(contact, checkpoint))
  }
  // What was listed and not found is looked for at the next contact.
  if (lacking !== null) return answer({ ...checkpoint, seq: lacking }, false)
  // A floor belongs to a sequence: it rises when all changes up to this contact have been read.
  const next = more
    ? { ...checkpoint, seq }
    : { ...checkpoint, seq, safe, floor: Math.max(floor, checkpoint.floor) }
  return answer(next, more)
}

/** What changed of what the device holds, from memory; null where the store has to be asked, page by page. */
function recentlyHeld(contact: Contact, { seq }: Checkpoint): Listed | null {
  const recent = contact.deps.recent.since(seq, contact.stretches)
  return recent && recent.ids.length <= contact.limit ? recent : null
}
