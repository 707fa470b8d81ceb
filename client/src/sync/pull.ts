import type { Receipt } from 'shared/journal/receipt'
import { mostSheetsAPull } from 'shared/wire/pull'
import type { ApiFailure, DeviceClock, DeviceStore, Meta, SyncApi } from './ports'

export interface PullDeps {
  api: Pick<SyncApi, 'pull'>
  device: DeviceStore
  clock: Pick<DeviceClock, 'read'>
  /** Sections held on request (P-5). */
  open(): string[]
  onMeta(meta: Meta): Promise<void>
  /** How far the very first sync has come; null when it is over. */
  onProgress(progress: { done: number; total: number } | null): void
}

/** The best batch over a slow network and on a slow processor: soon here and kept, however often it breaks off. */
export const sheetsAPull = 200
/** Where a page has come and the one before it is kept within so many ms, the next may be as large as the wire allows. */
const quick = 1_000

/**
 * Asks for news until there is no more, presenting the newest receipt (O3). With `once` it asks for one page only.
 */
export async function pullNews(
  deps: PullDeps,
  newest: Receipt | null,
  { once = false } = {},
): Promise<ApiFailure | null> {
  const { device } = deps
  let checkpoint = await device.checkpoint()
  const isFirst = !checkpoint
  let begunAnew = false
  let done = 0
  const now = () => deps.clock.read().mono
  let limit = sheetsAPull
  let asked: ReturnType<SyncApi['pull']> | null = null
  let began = now()
  for (;;) {
    const reply = await (asked ?? ask(deps, newest, checkpoint, limit))
    asked = null
    limit = now() - began < quick ? mostSheetsAPull : sheetsAPull
    began = now()
    if (!reply.ok) {
      // A checkpoint that the server no longer understands: read everything again rather than never. Not null, which
      // says that nothing is held: what left the scope meanwhile has to be named as gone (P-1). And once only.
      const isOfCheckpoint =
        reply.failure === 'refused' && reply.code === 'bad-request' && checkpoint !== null
      if (!isOfCheckpoint || begunAnew) return reply.failure
      begunAnew = true
      checkpoint = ''
      continue
    }
    const { body, meta } = reply
    await deps.onMeta(meta)
    const hasMoved = body.checkpoint !== checkpoint || body.sheets.length > 0 || body.gone.length > 0
    // The school reads the next page while this one is put on disk. Pages are still kept one after the other, each with its
    // checkpoint (P-1): a device that stops has asked for a page too many, and asks for it again.
    if (body.more && !once && hasMoved) asked = ask(deps, newest, body.checkpoint, limit)
    await device.applyPull(body, meta.epoch)
    done += body.sheets.length
    if (isFirst) deps.onProgress(body.more ? { done, total: done + (body.total ?? 0) } : null)
    if (once || !body.more) return null
    // More is said to come, yet nothing moved: asking on would never end.
    if (!hasMoved) return 'server'
    checkpoint = body.checkpoint
  }
}

function ask({ api, open }: PullDeps, newest: Receipt | null, checkpoint: string | null, limit: number) {
  const sections = open()
  return api.pull({
    checkpoint,
    limit,
    ...(newest ? { newest } : {}),
    ...(sections.length > 0 ? { open: sections } : {}),
  })
}
