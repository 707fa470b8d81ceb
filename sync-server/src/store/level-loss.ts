import { open, readFile, rm } from 'node:fs/promises'
import { findDamage } from './level-check'
import { StoreDamaged, StoreUnavailable } from './store'

// Beside the folder: whatever LevelDB makes of it, what was found is known until it has been acted on.
const noteOf = (folder: string) => `${folder}.loss`

/**
 * What this database has lost, found now or at a start that did not come to its end; null where nothing is missing.
 * Throws where what is left cannot be believed: then nobody is served from it.
 */
export async function rememberLoss(folder: string): Promise<string | null> {
  const damage = await findDamage(folder).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StoreUnavailable(`the embedded store cannot be read: ${message}`, { cause })
  })
  if (damage?.is === 'broken') throw new StoreDamaged(damage.says)
  const noted = await readFile(noteOf(folder), 'utf8').catch(() => null)
  if (noted !== null) return noted
  if (damage !== null) await noteLoss(folder, damage.says)
  return damage?.says ?? null
}

export async function noteLoss(folder: string, says: string): Promise<void> {
  const note = await open(noteOf(folder), 'w')
  try {
    await note.writeFile(says)
    await note.sync()
  } finally {
    await note.close()
  }
}

/** The history has begun anew: devices will bring what they hold. */
export async function forgetLoss(folder: string): Promise<void> {
  await rm(noteOf(folder), { force: true })
}
