import { isJsonObject, type Json } from 'shared/plain/json'
import { judgeVersion } from 'shared/journal/judge'
import { must } from 'shared/plain/must'
import { out, type Receipt, type Refusal } from 'shared/journal/receipt'
import type { Signer } from '../journal/port'

interface Place {
  db: string
  epoch: string
  received: number
  signer: Signer
}

/** The signed answer to something that is no entry of this person, or no entry at all (O4). */
export function refuse(input: unknown, why: Refusal, { db, epoch, received, signer }: Place): Receipt {
  const [receipt] = signer.signReceipts([
    {
      entry: claimed(input, 'id'),
      db,
      sheet: claimed(input, 'sheet'),
      epoch,
      received,
      judged: received,
      made: { from: received, to: received },
      capacity: 'none',
      by: { rules: judgeVersion, directory: {} },
      admission: out(why),
    },
  ])
  return must(receipt, 'a receipt')
}

// Only plain short text is repeated: what a stranger sends has no business in what we sign.
function claimed(input: unknown, key: string): string {
  const said = isJsonObject(input as Json) ? (input as Record<string, Json>)[key] : undefined
  return typeof said === 'string' && /^[\x21-\x7e]{1,120}$/.test(said) ? said : ''
}
