import type { Page } from '@playwright/test'
import { openBrowser } from './browser/browser'
import { busyStack } from './browser/busy-stack'
import { longSection } from './browser/busy-school'
import { quantile } from './compare'
import type { Figure } from './figure'

const goal = 1.3
const quickest = 16
/** Taps a run: a percentile of a handful would be chance. */
const taps = 12

type Side = 'tap' | 'write' | 'put'

export const tapToDurable: Figure = {
  name: 'P5',
  title: 'a tap until its entry is durable, against a strict put of the same bytes by Dexie',
  goal,
  async run({ runs, log }) {
    const busy = await busyStack(log)
    const browser = await openBrowser()
    const took: Record<Side, number[]> = { tap: [], write: [], put: [] }
    const ratios: Record<'tap' | 'write', number[]> = { tap: [], write: [] }
    try {
      const { page, context } = browser
      await page.goto(busy.page)
      const lesson = `lesson:${longSection}:2027-05-24:1`
      await page.evaluate(([who, id]) => bench.openLesson(who, id), [busy.login, lesson] as const)
      // A room without network: what a push costs afterwards is no part of a tap, and would fall on the next one.
      await context.setOffline(true)
      for (let run = -1; run < runs; run++) {
        const group: Record<Side, number[]> = { tap: [], write: [], put: [] }
        const sides: Side[] = ['tap', 'put', 'write']
        for (let turn = 0; turn < taps; turn++) {
          for (const side of sides) group[side].push(await ask(page, side, lesson, run * taps + turn))
          sides.push(sides.shift() ?? 'tap')
        }
        if (run < 0) continue
        for (const side of sides) took[side].push(...group[side])
        const plain = quantile(group.put, 0.5)
        ratios.tap.push(quantile(group.tap, 0.5) / plain)
        ratios.write.push(quantile(group.write, 0.5) / plain)
      }
    } finally {
      await browser.close()
      await busy.stop()
    }
    const ratio = quantile(ratios.tap, 0.5)
    const p95 = quantile(took.tap, 0.95)
    return {
      ratio,
      ours: quantile(took.tap, 0.5),
      reference: quantile(took.put, 0.5),
      unit: 'ms',
      goal,
      met: ratio <= goal && p95 <= quickest,
      runs,
      spread: [quantile(ratios.tap, 0.25), quantile(ratios.tap, 0.75)],
      says:
        `${taps} taps a run on a mark of an open lesson, over a year's journal, without network: from the click through ` +
        'the screen, its rules, the hash and the seal until the entry is durable. Each turn of each side begins on a page whose last change has been painted. Against a strict Dexie put of the very ' +
        'row that this leaves on disk. `write` is the same without the screen.',
      more: {
        p95,
        'p95 of the plain put': quantile(took.put, 0.95),
        'p95 goal': quickest,
        'write ratio': quantile(ratios.write, 0.5),
        'write p95': quantile(took.write, 0.95),
      },
    }
  },
}

function ask(page: Page, side: Side, lesson: string, turn: number): Promise<number> {
  switch (side) {
    case 'tap':
      return page.evaluate((nth) => bench.tap(nth), turn + 1000)
    case 'write':
      return page.evaluate(([id, nth]) => bench.write(id, 'c1-s2', nth), [lesson, turn + 1000] as const)
    case 'put':
      return page.evaluate((nth) => bench.put(nth), turn)
  }
}
