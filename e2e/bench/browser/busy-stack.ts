import { rmSync } from 'node:fs'
import type { PullReply } from 'shared/wire/pull'
import { Person } from '../../outside/person'
import { Stack } from '../../stack'
import { clientWithPage } from './build-page'
import { busyFolder } from './busy-folder'
import { busyTeacher, lateInMay } from './busy-school'

/** The real server over the busy teacher's school, serving the built application and the bench's page. */
export interface BusyStack {
  stack: Stack
  login: string
  /** The address of the bench's page. */
  page: string
  stop(): Promise<void>
}

interface Folders {
  dataDir: string
  clientDir: string
}
let made: Promise<Folders> | null = null

/** Founding a year and building take their time: done once for all figures of a run. */
export async function busyStack(log: (line: string) => void): Promise<BusyStack> {
  made ??= makeFolders(log)
  const stack = await Stack.start({ demo: 'small', clock: lateInMay, couchdb: null, ...(await made) })
  return {
    stack,
    login: busyTeacher,
    page: `${stack.url}/bench/index.html`,
    stop: () => stack.stop(),
  }
}

async function makeFolders(log: (line: string) => void): Promise<Folders> {
  const clientDir = await clientWithPage(log)
  const dataDir = await busyFolder(log)
  process.once('exit', () => {
    for (const folder of [clientDir, dataDir]) rmSync(folder, { recursive: true, force: true })
  })
  return { clientDir, dataDir }
}

/** Every sheet that the busy teacher's device would hold, as they may see it. */
export async function sheetsOfTeacher({ stack, login }: BusyStack): Promise<PullReply['sheets']> {
  const person = await Person.signIn({
    url: stack.url,
    login,
    password: `${login}-2026`,
    device: 'bench',
  })
  const sheets: PullReply['sheets'] = []
  for (let checkpoint: string | null = null; ;) {
    const reply: PullReply = await person.ask('POST', '/api/pull', { checkpoint, limit: 500 })
    sheets.push(...reply.sheets)
    if (!reply.more) return sheets
    checkpoint = reply.checkpoint
  }
}
