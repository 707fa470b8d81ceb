import type { ProjectedSheet } from 'shared/journal/project'
import type { PullReply } from 'shared/wire/pull'
import { spell, type Checkpoint, type ProofOf } from './checkpoint'

/** What a reading brings: sheets, and the checkpoint after them. */
export interface Brought {
  sheets: ProjectedSheet[]
  checkpoint: Checkpoint
  more: boolean
  total?: number
}

export function reply({ checkpoint, ...brought }: Brought, proofOf: ProofOf): PullReply {
  return { ...brought, gone: [], checkpoint: spell(checkpoint, proofOf) }
}

/** Alone in its reply: a device removes what is gone after it has put in what came. */
export function replyWithGone(
  gone: readonly { start: string; end: string }[],
  checkpoint: Checkpoint,
  proofOf: ProofOf,
): PullReply {
  return {
    sheets: [],
    gone: gone.map(({ start, end }) => [start, end]),
    checkpoint: spell(checkpoint, proofOf),
    more: true,
  }
}
