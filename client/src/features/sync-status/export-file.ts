import { protocol } from 'shared/wire/version'
import type { Journal } from '../../store/port'
import type { Language } from '../../text/text'
import { describeEntry } from './describe-entry'

/**
 * The entries that are only on this device, as a file: whole, so that a program can push them, and each in words, so
 * that a person can write them again (OFF-13).
 */
export function exportOf(journal: Journal, language: Language): { name: string; text: string } {
  const directory = journal.directory()
  const unsent = journal.own().filter(({ receipt }) => !receipt)
  const content = {
    zvonok: 'unsent-entries',
    protocol,
    db: journal.me.db,
    person: journal.me.person,
    saved: new Date(journal.now()).toISOString(),
    entries: unsent.map(({ entry }) => ({
      words: describeEntry(entry, { directory, language, cells: journal.sheet(entry.sheet).cells }),
      entry,
    })),
  }
  const day = content.saved.slice(0, 10)
  return { name: `zvonok-${journal.me.person}-${day}.json`, text: `${JSON.stringify(content, null, 2)}\n` }
}

/** Hands a text to the browser as a download. */
export function saveFile({ name, text }: { name: string; text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
