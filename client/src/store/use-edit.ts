import { useMemo } from 'react'
import type { Draft } from 'shared/journal/build'
import type { Admission } from 'shared/journal/receipt'
import { editTexts } from '../text/edit'
import { useText } from '../text/text'
import { showToast } from '../ui/toasts'
import { ReadOnlyHere, type Journal } from './port'
import { useJournal } from './use-journal'

export interface Edit {
  /**
   * Writes a draft and says so, with undo at hand; `said` null stays quiet unless there is something to warn of. What
   * can never be taken, or is not this person's to set, is not written: the reason is said instead. Returns whether it
   * was written.
   */
  write(draft: Draft | null, said: string | null): boolean
  /** Undoes an entry, or the last of the sheet (C8); asks where somebody has written since. */
  undo(sheet: string, entry?: string): void
}

/** Whether somebody else's right stands in the way, or the edit can never be right: nothing is written then. */
export function isBarred(admission: Admission): boolean {
  return admission.is === 'out' || (admission.is === 'waiting' && admission.for === 'right')
}

/** Writing with words: what a screen does with an edit. */
export function useEdit(): Edit {
  const journal = useJournal()
  const text = useText(editTexts)
  return useMemo(() => makeEdit(journal, text), [journal, text])
}

function makeEdit(journal: Journal, text: (typeof editTexts)['ru']): Edit {
  const warn = (sentence: string) => showToast({ text: sentence, tone: 'warn' })

  function write(draft: Draft | null, said: string | null): boolean {
    if (!draft) return true
    const admission = journal.foresee(draft)
    const sentence = text.admission(admission, journal.me.zone)
    if (isBarred(admission)) {
      warn(sentence)
      return false
    }
    void tell(draft, said, sentence)
    return true
  }

  async function tell(draft: Draft, said: string | null, sentence: string): Promise<void> {
    try {
      const { id, sheet } = await journal.write(draft)
      const words = [said, sentence].filter(Boolean).join('. ')
      if (!words) return
      const action = { label: text.undo, run: () => void undo(sheet, id) }
      showToast({ text: words, action, ...(sentence ? { tone: 'warn' } : {}) })
    } catch (error) {
      warn(error instanceof ReadOnlyHere ? text.readOnlyHere : text.notOnDisk)
    }
  }

  async function undo(sheet: string, entry?: string, force = false): Promise<void> {
    try {
      const { undone, changed } = await journal.undo(sheet, entry, force)
      if (undone) showToast({ text: text.undone })
      else if (changed.length === 0) showToast({ text: text.nothingToUndo })
      else {
        const action = { label: text.undoAnyway, run: () => void undo(sheet, entry, true) }
        showToast({ text: text.changedSince, tone: 'warn', action })
      }
    } catch (error) {
      warn(error instanceof ReadOnlyHere ? text.readOnlyHere : text.notOnDisk)
    }
  }

  return { write, undo: (sheet, entry) => void undo(sheet, entry) }
}
