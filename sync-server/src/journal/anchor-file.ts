import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Anchor } from 'shared/journal/anchor'
import type { AnchorFile } from './anchors'

/** Anchors as lines of a file that only grows; each is on disk before the next is thought of (L2). */
export function makeAnchorFile(path: string): AnchorFile {
  const readText = async () => {
    try {
      return await readFile(path, 'utf8')
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return ''
      throw error
    }
  }
  // A line without its end was being written when the power went: it was never an anchor.
  const whole = (text: string) => text.slice(0, text.lastIndexOf('\n') + 1)
  return {
    async readAll() {
      const lines = whole(await readText())
        .split('\n')
        .filter(Boolean)
      return lines.map((line) => JSON.parse(line) as Anchor)
    },
    async append(anchor) {
      await mkdir(dirname(path), { recursive: true })
      const kept = Buffer.byteLength(whole(await readText()))
      const file = await open(path, 'a+', 0o600)
      try {
        await file.truncate(kept)
        await file.writeFile(`${JSON.stringify(anchor)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}
