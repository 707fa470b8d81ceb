import { readdir, readFile } from 'node:fs/promises'

/** The processes of the browser that runs on this profile (Linux). */
async function processesOf(profile: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (id) => {
      const said = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')
      return said.split('\0').includes(`--user-data-dir=${profile}`) ? Number(id) : null
    }),
  )
  return found.filter((id) => id !== null)
}

/** Ends the browser as a dead battery does: no process of it gets to write anything more. */
export async function killBrowser(profile: string): Promise<void> {
  const ids = await processesOf(profile)
  if (ids.length === 0) throw new Error('no browser runs on this profile')
  for (const id of ids) process.kill(id, 'SIGKILL')
}
