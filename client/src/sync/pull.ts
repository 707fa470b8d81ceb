import type { Receipt } from 'shared/journal/receipt'
import type { ApiFailure, DeviceStore, Meta, SyncApi } from './ports'

export interface PullDeps {
  api: Pick<SyncApi, 'pull'>
  device: DeviceStore
  /** Sections held on request (P-5). */
  open(): string[]
  onMeta(meta: Meta): Promise<void>
  /** How far the very first sync has come; null when it is over. */
  onProgress(progress: { done: number; total: number } | null): void
}

/** The best batch on a slow processor. */
export const sheetsAPull = 200

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
  const isFirst = checkpoint === null
  let begunAnew = false
  let done = 0
  let asked: ReturnType<SyncApi['pull']> | null = null
  for (;;) {
    const reply = await (asked ?? ask(deps, newest, checkpoint))
    asked = null
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
    // The school reads the next page while this one is put on disk. What is kept here is still one after the other, the
    // checkpoint last (P-1): a device that stops has asked for a page too many, and asks for it again.
    if (body.more && !once && hasMoved) asked = ask(deps, newest, body.checkpoint)
    await device.applyPull(body, meta.epoch)
    done += body.sheets.length
    if (isFirst) deps.onProgress(body.more ? { done, total: done + (body.total ?? 0) } : null)
    if (once || !body.more) return null
    // More is said to come, yet nothing moved: asking on would never end.
    if (!hasMoved) return 'server'
    checkpoint = body.checkpoint
  }
}

function ask({ api, open }: PullDeps, newest: Receipt | null, checkpoint: string | null) {
  const sections = open()
  return api.pull({
    checkpoint,
    limit: sheetsAPull,
    ...(newest ? { newest } : {}),
    ...(sections.length > 0 ? { open: sections } : {}),
  })
}
