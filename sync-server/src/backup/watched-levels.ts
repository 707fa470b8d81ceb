import type { Level } from 'leveldown'
import type { OpenLevel } from '../store/synced-level'

/** A key and its value, as they lie on disk. */
export type Pair = [key: Buffer, value: Buffer]

/** The LevelDB folders that a store has open, for reading them as they stand beside the store's own work. */
export interface WatchedLevels {
  openLevel: OpenLevel
  /**
   * Everything in an open folder, as it stood when this was asked, in batches of about a mebibyte. LevelDB reads on in
   * that state whatever is written meanwhile, and a write of PouchDB's is one batch: in it whole or not at all.
   */
  pairs(folder: string): AsyncGenerator<Pair[]>
}

const batchBytes = 1024 * 1024

/** Opens folders as `openLevel` does, and remembers them. */
export function watchLevels(openLevel: OpenLevel): WatchedLevels {
  const open = new Map<string, Level>()
  return {
    openLevel(location) {
      const level = openLevel(location)
      open.set(location, level)
      return level
    },
    async *pairs(folder) {
      const level = open.get(folder)
      // A reader of a closed folder would take the process down with it.
      if (level?.status !== 'open') throw new Error(`${folder} is not open`)
      const reader = level.iterator({ fillCache: false, highWaterMark: batchBytes })
      try {
        for (;;) {
          const batch = await nextBatch(reader)
          if (batch.length === 0) return
          yield batch
        }
      } finally {
        await new Promise<void>((resolve) => reader.end(() => resolve()))
      }
    },
  }
}

function nextBatch(reader: ReturnType<Level['iterator']>): Promise<Pair[]> {
  return new Promise((resolve, reject) => {
    const batch: Pair[] = []
    let bytes = 0
    const step = (error?: Error | null, key?: Buffer, value?: Buffer) => {
      if (error) return reject(error)
      if (!key || !value) return resolve(batch)
      batch.push([key, value])
      bytes += key.length + value.length
      return bytes < batchBytes ? reader.next(step) : resolve(batch)
    }
    reader.next(step)
  })
}
