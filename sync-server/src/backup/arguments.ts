import { resolve } from 'node:path'
import { BackupFault } from './backup-fault'

/**
 * npm runs a workspace's script in the workspace's folder; paths are meant from where the operator stands. To be called
 * before the settings are read.
 */
export function standWhereAsked(env: Readonly<Record<string, string | undefined>>): void {
  const asked = env['INIT_CWD']
  if (asked && env['npm_command']) process.chdir(asked)
}

/** A path that must be given. */
export function pathOf(value: string | undefined, flag: string): string {
  if (!value) throw new BackupFault(`Say --${flag}: see docs/operating.md, Backup.`)
  return resolve(value)
}
