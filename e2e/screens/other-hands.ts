import { expect } from '@playwright/test'
import type { Change } from 'shared/journal/entry'
import type { Admission } from 'shared/journal/receipt'
import { sealEntry } from 'shared/journal/entry'
import type { SchoolSide } from '../school'

/** Somebody's edits from a device that is not on the stage: what meets the entries of the story at the school. */
export class OtherHands {
  #n = 0

  private constructor(
    readonly url: string,
    readonly cookie: string,
    readonly author: string,
    readonly db: string,
  ) {}

  static async of({ stack, cookie }: SchoolSide): Promise<OtherHands> {
    const reply = await fetch(`${stack.url}/api/session`, { headers: { cookie } })
    const { person, db } = (await reply.json()) as { person: string; db: string }
    return new OtherHands(stack.url, cookie, person, db)
  }

  async push(sheet: string, kind: string, changes: Pick<Change, 'cell' | 'value'>[]): Promise<Admission> {
    this.#n += 1
    const clock = { wall: Date.now(), mono: this.#n * 1000, boot: 'other-hands', jumps: 0 }
    const entry = sealEntry({
      db: this.db,
      sheet,
      kind,
      changes: changes.map((change) => ({ ...change, base: [] })),
      author: this.author,
      device: `other-hands-${this.author}`,
      n: this.#n,
      made: { clock, contact: null },
    })
    const reply = await fetch(`${this.url}/api/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ entries: [entry], clock }),
    })
    expect(reply.status).toBe(200)
    const { receipts } = (await reply.json()) as { receipts: { admission: Admission }[] }
    const [receipt] = receipts
    if (!receipt) throw new Error('no receipt')
    return receipt.admission
  }
}
