import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deleteDatabase } from 'couchdb/restore.mjs'
import { makeCouchStores } from '../../sync-server/src/store/couch'
import type { Stack } from '../stack'
import type { Operator } from './restore-tools'

/**
 * The server dies under its work, and its machine's disk with it; the databases too, where it is a CouchDB. The answer is
 * where the anchors are that somebody had copied to another machine that very moment, if somebody had.
 */
export async function loseEverything(
  stack: Stack,
  operator: Operator,
  { keepAnchors }: { keepAnchors: boolean },
): Promise<string | null> {
  await stack.kill('SIGKILL')
  const anchors = join(stack.dataDir, 'anchors')
  const copy = join(operator.folder, 'anchors')
  await rm(copy, { recursive: true, force: true })
  const hasAnchors = (await readdir(anchors).catch(() => [])).length > 0
  if (keepAnchors && hasAnchors) await cp(anchors, copy, { recursive: true })
  await rm(stack.dataDir, { recursive: true, force: true })
  if (operator.couchdb) {
    const stores = makeCouchStores(operator.couchdb)
    const names = [...(await stores.list('accounts')), ...(await stores.list('journal-'))]
    await stores.close()
    for (const name of names) await deleteDatabase(operator.couchdb, name)
  }
  return keepAnchors && hasAnchors ? copy : null
}
