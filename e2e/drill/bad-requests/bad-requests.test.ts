import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drillBadRequests } from './bad-requests'

// `npm run drill:bad-requests -- --requests 100000` is the long form; each run here is the same five thousand.
test('R8 bad requests over every route are refused as documented, tell nothing, and leave the journal as it was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zvonok-bad-requests-'))
  try {
    const { failures, requests } = await drillBadRequests({
      requests: 5_000,
      seed: 1,
      lanes: 8,
      dataDir,
      log: () => undefined,
    })
    expect(failures).toEqual([])
    expect(requests).toBeGreaterThanOrEqual(5_000)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}, 300_000)
