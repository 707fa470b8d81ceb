import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** A run as it is told and kept. */
export interface Told {
  seed: number
  hash: string
  entries: number
  complaints: string[]
  lines?: readonly string[]
}

/** Which code ran: a figure belongs to a commit. `+` where files differ from it. */
export function commitHere(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  try {
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+' : '')
    )
  } catch {
    return 'unknown'
  }
}

/** The runs that a file knows of, by seed. A line that was cut off by a kill is no run, and is ended here. */
export function readProgress(file: string): Map<number, Told> {
  const done = new Map<number, Told>()
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
  for (const line of text.split('\n')) {
    const told = wholeLine(line)
    if (told) done.set(told.seed, told)
  }
  return done
}

function wholeLine(line: string): Told | null {
  try {
    const { commit: _commit, ...told } = JSON.parse(line) as Told & { commit: string }
    return told
  } catch {
    return null
  }
}

/** Adds a run to the file, so that a broken-off series goes on where it was. */
export function keepProgress(file: string, { seed, hash, entries, complaints }: Told, commit: string): void {
  appendFileSync(file, `${JSON.stringify({ seed, hash, entries, complaints, commit })}\n`)
}
