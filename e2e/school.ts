import { expect } from '@playwright/test'
import type { HistoryReply } from 'shared/wire/history'
import type { PullReply } from 'shared/wire/pull'
import type { Stack } from './stack'

/** Mathematics in 5А on Wednesday 16 September 2026, the second lesson, 09:25–10:10. */
export const mathLesson = 'lesson:math-5a:2026-09-16:2'
/** 09:40 that day in Moscow: the lesson is going on. */
export const duringLesson = '2026-09-16T06:40:00Z'

export interface Student {
  id: string
  last: string
  first: string
}

/** The school seen over its interface, as somebody with rights sees it: what has really arrived. */
export class SchoolSide {
  private constructor(
    readonly stack: Stack,
    readonly cookie: string,
  ) {}

  static async as(stack: Stack, login: string): Promise<SchoolSide> {
    const reply = await fetch(`${stack.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        login,
        password: `${login}-2026`,
        device: { id: 'observer', name: 'observer' },
      }),
    })
    expect(reply.status).toBe(200)
    const cookie = reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    return new SchoolSide(stack, cookie)
  }

  /** Every sheet that this person's device would hold. */
  async sheets(): Promise<PullReply['sheets']> {
    const found: PullReply['sheets'] = []
    for (let checkpoint: string | null = null; ;) {
      const reply = await fetch(`${this.stack.url}/api/pull`, {
        method: 'POST',
        headers: { cookie: this.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ checkpoint, limit: 200 }),
      })
      expect(reply.status).toBe(200)
      const page = (await reply.json()) as PullReply
      found.push(...page.sheets)
      if (!page.more) return found
      checkpoint = page.checkpoint
    }
  }

  /** Every child of the school, by the rosters. */
  async students(): Promise<Student[]> {
    return (await this.sheets()).flatMap(({ cells }) =>
      Object.entries(cells).flatMap(([cell, { value }]) => {
        if (!cell.startsWith('student:')) return []
        const { last, first } = (value as unknown as { name: { last: string; first: string } }).name
        return [{ id: cell.slice('student:'.length), last, first }]
      }),
    )
  }

  async history(sheet: string, cell: string): Promise<HistoryReply['entries']> {
    const query = new URLSearchParams({ sheet, cell })
    const reply = await fetch(`${this.stack.url}/api/history?${query}`, { headers: { cookie: this.cookie } })
    expect(reply.status).toBe(200)
    return ((await reply.json()) as HistoryReply).entries
  }

  /** The ids of every entry that ever came to these cells. */
  async entriesOn(sheet: string, cells: readonly string[]): Promise<string[]> {
    const all = await Promise.all(cells.map((cell) => this.history(sheet, cell)))
    return all.flat().map(({ id }) => id)
  }
}
