import { rm } from 'node:fs/promises'
import { door, noteUsable, signedInBrowser, today, usableAt, type Usable } from './browser/app'
import { newProfile, openBrowser } from './browser/browser'
import { busyStack, type BusyStack } from './browser/busy-stack'
import { compare, quantile } from './compare'
import type { Figure } from './figure'

const goal = 1
const slowestAt4x = 1500

export const coldStart: Figure = {
  name: 'P8',
  title: 'the cold start without a network against the same with one',
  goal,
  async run({ runs, log }) {
    const busy = await busyStack(log)
    const [remembered, shared] = [await newProfile(), await newProfile()]
    try {
      await (await signedInBrowser(busy, { remember: true, profile: remembered })).close()
      await (await signedInBrowser(busy, { remember: false, profile: shared })).close()
      const starts = async (profile: string, screen: Usable) =>
        compare(
          runs,
          () => start(busy, profile, screen, { offline: true }),
          () => start(busy, profile, screen, { offline: false }),
        )
      const atToday = await starts(remembered, today)
      const atDoor = await starts(shared, door)
      const slow: Record<'today' | 'door', number[]> = { today: [], door: [] }
      for (let run = 0; run < Math.max(3, Math.ceil(runs / 3)); run++) {
        slow.today.push(await start(busy, remembered, today, { offline: true, slowdown: 4 }))
        slow.door.push(await start(busy, shared, door, { offline: true, slowdown: 4 }))
      }
      const [todayAt4x, doorAt4x] = [quantile(slow.today, 0.5), quantile(slow.door, 0.5)]
      const worst = atToday.ratio >= atDoor.ratio ? atToday : atDoor
      return {
        ...worst,
        unit: 'ms',
        goal,
        met: worst.ratio <= goal && Math.max(todayAt4x, doorAt4x) <= slowestAt4x,
        says:
          'The browser is started anew over a profile that has the shell and a whole year; from the start of the ' +
          'navigation until the screen is painted: Today where the device remembers its person, the door where it does ' +
          'not. The ratio is the worse of the two. At 4× the page’s processor is throttled, offline.',
        more: {
          'today ratio': atToday.ratio,
          'today offline ms': atToday.ours,
          'today online ms': atToday.reference,
          'door ratio': atDoor.ratio,
          'door offline ms': atDoor.ours,
          'door online ms': atDoor.reference,
          'today at 4× ms': todayAt4x,
          'door at 4× ms': doorAt4x,
          'goal at 4× ms': slowestAt4x,
        },
      }
    } finally {
      await busy.stop()
      for (const profile of [remembered, shared]) await rm(profile, { recursive: true, force: true })
    }
  },
}

async function start(
  { stack }: BusyStack,
  profile: string,
  screen: Usable,
  { offline, slowdown = 1 }: { offline: boolean; slowdown?: number },
): Promise<number> {
  const browser = await openBrowser({ profile })
  try {
    const { context, page } = browser
    await context.setOffline(offline)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await noteUsable(page, screen)
    await page.goto(stack.url, { waitUntil: 'commit' })
    return await usableAt(page, screen)
  } finally {
    await browser.close()
  }
}
