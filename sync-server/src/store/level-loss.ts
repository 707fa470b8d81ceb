import { readFile, rm, writeFile } from 'node:fs/promises'
import { findLoss } from './level-check'

// Beside the folder: whatever LevelDB makes of it, what was found is known until it has been acted on.
const noteOf = (folder: string) => `${folder}.loss`

/** What this database has lost, found now or at a start that did not come to its end; null where nothing is missing. */
export async function rememberLoss(folder: string): Promise<string | null> {
  const noted = await readFile(noteOf(folder), 'utf8').catch(() => null)
  if (noted !== null) return noted
  const loss = await findLoss(folder)
  if (loss !== null) await writeFile(noteOf(folder), loss)
  return loss
}

/** The history has begun anew: devices will bring what they hold. */
export async function forgetLoss(folder: string): Promise<void> {
  await rm(noteOf(folder), { force: true })
}
