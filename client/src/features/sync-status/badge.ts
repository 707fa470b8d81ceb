import type { SyncStatus } from '../../store/port'
import { syncTexts } from '../../text/sync-status'
import type { Language } from '../../text/text'
import type { Group, Unsettled } from './unsettled'

/** One look at where things are: a shape and words, colour only with them. */
export interface Badge {
  is: 'settled' | 'loading' | 'unsent' | 'waiting' | 'asked' | 'refused' | 'trouble'
  sign: string
  label: string
  /** What stands beside the sign where there is no room for words: a number or the time. */
  short: string
}

export interface BadgeFacts {
  status: SyncStatus
  unsettled: ReadonlyMap<Group, readonly Unsettled[]>
  /** A guardian or student: nothing of theirs is ever sent. */
  readsOnly: boolean
  /** The last contact, in words; null before the first. */
  lastSync: string | null
}

/**
 * What the badge says (OFF-12): the worst first, and never that all is at school while something is only here. Being
 * offline is a normal state: it changes no sign, only adds a quiet word.
 */
export function badgeOf(facts: BadgeFacts, language: Language): Badge {
  const text = syncTexts[language]
  const { status } = facts
  const [first, ...others] = [...problemsOf(facts, language)]
  if (first) {
    const unsent = others.find(({ is }) => is === 'unsent')
    if (!unsent) return first
    const short = `${first.short} ${unsent.sign}${unsent.short}`.trim()
    return { ...first, label: `${first.label}${text.also(unsent.label)}`, short }
  }
  if (status.progress) {
    const { done, total } = status.progress
    return { is: 'loading', sign: '↓', label: text.loading(done, total), short: `${done}/${total}` }
  }
  const offline = status.state === 'offline' ? ` · ${text.noNetwork}` : ''
  const at = facts.lastSync
  const settled = at === null ? text.nothingYet : facts.readsOnly ? text.updated(at) : text.allAtSchool(at)
  return { is: 'settled', sign: at === null ? '·' : '✓', label: `${settled}${offline}`, short: at ?? '' }
}

function* problemsOf({ status, unsettled }: BadgeFacts, language: Language): Iterable<Badge> {
  const text = syncTexts[language]
  const count = (group: Group) => unsettled.get(group)?.length ?? 0
  if (status.storage === 'full') yield { is: 'trouble', sign: '✕', label: text.storageFull, short: '' }
  if (status.storage === 'failed') yield { is: 'trouble', sign: '✕', label: text.storageFailed, short: '' }
  if (status.state === 'signed-out') yield { is: 'trouble', sign: '!', label: text.signedOut, short: '' }
  if (status.state === 'too-old') yield { is: 'trouble', sign: '!', label: text.tooOld, short: '' }
  const refused = count('out')
  const contested = count('contested')
  const superseded = count('superseded')
  if (refused > 0) yield { is: 'refused', sign: '✕', label: text.refused(refused), short: `${refused}` }
  if (contested > 0) yield { is: 'asked', sign: '?', label: text.contested(contested), short: `${contested}` }
  if (superseded > 0)
    yield { is: 'asked', sign: '⇄', label: text.superseded(superseded), short: `${superseded}` }
  const { unsent } = status
  if (unsent > 0) yield { is: 'unsent', sign: '↑', label: text.onDevice(unsent), short: `${unsent}` }
  const waiting = unsettled.get('waiting') ?? []
  if (waiting.length > 0) {
    const says = waiting.every(waitsForDeputy) ? text.waiting : text.waitingForFact
    yield { is: 'waiting', sign: '!', label: says(waiting.length), short: `${waiting.length}` }
  }
}

function waitsForDeputy({ standing }: Unsettled): boolean {
  return standing.is === 'waiting' && standing.for === 'deputy'
}
