import { createHash } from 'node:crypto'

/** What happened, line by line: the same seed writes the same bytes. */
export class History {
  readonly lines: string[] = []

  constructor(readonly now: () => number) {}

  write(who: string, what: string, detail: unknown = ''): void {
    const told = typeof detail === 'string' ? detail : JSON.stringify(detail)
    this.lines.push(`${this.now()} ${who} ${what} ${told}`.trimEnd())
  }

  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex').slice(0, 16)
  }
}
