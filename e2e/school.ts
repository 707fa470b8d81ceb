import { expect } from '@playwright/test'
import type { HistoryReply } from 'shared/wire/history'
import type { Stack } from './stack'

/** Mathematics in 5А on Wednesday 16 September 2026, the second lesson, 09:25–10:10. */
export const mathLesson = 'lesson:math-5a:2026-09-16:2'
/** 09:40 that day in Moscow: the lesson is going on. */
export const duringLesson = '2026-09-16T06:40:00Z'

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
