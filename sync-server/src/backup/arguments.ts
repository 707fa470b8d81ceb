import { resolve } from 'node:path'
import { ConfigFault } from '../config'
import { startFault } from '../start/start-fault'
import { BackupFault } from './backup-fault'

/** A path that must be given. */
export function pathOf(value: string | undefined, flag: string): string {
  if (!value) throw new BackupFault(`Say --${flag}: see docs/operating.md, Backup.`)
  return resolve(value)
}

/** What the operator is told: a stack only of what nobody foresaw. A full disk or a missing right says so by itself. */
export function sentenceOf(error: unknown): string {
  if (error instanceof BackupFault || error instanceof ConfigFault) return error.message
  if (error instanceof Error && 'syscall' in error) return error.message
  return startFault(error, process.env)
}
