import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateX25519Identity } from 'age-encryption'
import type { Random } from '../simulate/random'
import type { Complaint } from './check-journal'
import type { Operator, Ran } from './restore-tools'

export const refusalKinds = ['wrong key', 'cut', 'altered', 'not empty'] as const
export type RefusalKind = (typeof refusalKinds)[number]

/** Tries to restore what must not be, beside a running school: a sentence, nothing made, nothing changed. */
export async function tryRefused(
  kind: RefusalKind,
  { operator, backup, random }: { operator: Operator; backup: string; random: Random },
): Promise<Complaint[]> {
  const to = join(operator.folder, 'never')
  const [ran, says] = await attempt(kind, { operator, backup, random }, to)
  const complaints: Complaint[] = []
  if (ran.code === 0) complaints.push({ rule: 'R7', says: `${kind} was restored` })
  else if (ran.code !== 1 || !says.test(ran.says) || /\n\s+at /.test(ran.says))
    complaints.push({ rule: 'R7', says: `${kind} was refused with ${ran.code}: ${ran.says}` })
  const left = (await readdir(operator.folder)).filter((name) => name.startsWith('never'))
  if (left.length > 0) complaints.push({ rule: 'R7', says: `${kind} left ${left.join(', ')}` })
  return complaints
}

async function attempt(
  kind: RefusalKind,
  { operator, backup, random }: { operator: Operator; backup: string; random: Random },
  to: string,
): Promise<[Ran, RegExp]> {
  switch (kind) {
    case 'wrong key': {
      const key = join(operator.folder, 'other.key')
      await writeFile(key, `${await generateX25519Identity()}\n`)
      return [await operator.restore(backup, { key, to }), /This key does not open/]
    }
    case 'cut': {
      const cut = await operator.harmed(backup, (bytes) =>
        bytes.subarray(0, random.int(250, bytes.length - 1)),
      )
      return [await operator.restore(cut, { to }), /damaged, cut short or altered/]
    }
    case 'altered': {
      const altered = await operator.harmed(backup, (bytes) => {
        const at = random.int(250, bytes.length - 1)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7))
        return bytes
      })
      return [await operator.restore(altered, { to }), /damaged, cut short or altered/]
    }
    case 'not empty':
      return [await operator.restore(backup), /is not empty|is there already|has anchors/]
  }
}
