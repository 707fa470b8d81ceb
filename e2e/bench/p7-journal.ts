import type { Page } from '@playwright/test'
import { signedInBrowser } from './browser/app'
import { longSection } from './browser/busy-school'
import { busyStack } from './browser/busy-stack'
import { compare, quantile } from './compare'
import type { Figure } from './figure'

const goal = 1.5
const longestTask = 50

export const journalPage: Figure = {
  name: 'P7',
  title: 'opening a journal of 30 × 80 against a static table of the same cells; scrolling it at 4×',
  goal,
  async run({ runs, log }) {
    const busy = await busyStack(log)
    const browser = await signedInBrowser(busy, { remember: true })
    try {
      const { page, context } = browser
      const fresh = async () => {
        // The year is on the device, and nothing of this journal has been folded or drawn in this page.
        await page.goto(busy.stack.url)
        await page.locator('.today a[href^="/lesson/"]').first().waitFor()
        await page.waitForTimeout(2500)
      }
      await fresh()
      await openJournal(page)
      await whole(page)
      const table = await staticTable(page)
      const wholeAfter: number[] = []
      const compared = await compare(
        runs,
        async () => {
          await fresh()
          const took = await openJournal(page)
          wholeAfter.push(await whole(page))
          return took
        },
        async () => {
          await fresh()
          return showStatic(page, table.html)
        },
      )
      await fresh()
      await openJournal(page)
      await whole(page)
      const cdp = await context.newCDPSession(page)
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      const tasks: number[] = []
      for (let run = 0; run < 3; run++) tasks.push(...(await scroll(page)))
      const longest = Math.max(0, ...tasks)
      return {
        ...compared,
        unit: 'ms',
        goal,
        met: compared.ratio <= goal && longest <= longestTask,
        says:
          `${table.rows} students × ${table.columns} columns with its facing page, opened for the first time in a page ` +
          'that has the year in memory, from the address to the painted frame that shows what fits into the window; the ' +
          'columns beside it are drawn with the frames after. Against the same grid, all of it, as a static table ' +
          'with the same style sheet, put in as text. Long tasks are those of scrolling through the whole of it three ' +
          'times with the processor at a quarter.',
        more: {
          rows: table.rows,
          columns: table.columns,
          'all columns ms': quantile(wholeAfter, 0.5),
          'long tasks at 4×': tasks.length,
          'longest task at 4× ms': longest,
          'goal of a task ms': longestTask,
        },
      }
    } finally {
      await browser.close()
      await busy.stop()
    }
  },
}

/** Ms from the address until the frame is painted in which the table stands. */
function openJournal(page: Page): Promise<number> {
  return page.evaluate(async (path) => {
    const began = performance.now()
    Object.assign(globalThis, { benchBegan: began })
    const stands = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.journal-grid tbody td')) return
        observer.disconnect()
        resolve()
      })
      observer.observe(document.body, { childList: true, subtree: true })
    })
    history.pushState(null, '', path)
    await stands
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - began
  }, `/journal/${longSection}`)
}

/** Ms from the same moment until the frame is painted that has the last of its columns. */
function whole(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { benchBegan } = globalThis as unknown as { benchBegan: number }
    while (document.querySelector('.journal-grid[aria-busy="true"]')) await new Promise(requestAnimationFrame)
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - benchBegan
  })
}

/** The grid as a page without a program would have it: the same cells and classes, nothing to operate. */
function staticTable(page: Page): Promise<{ html: string; rows: number; columns: number }> {
  return page.evaluate(() => {
    const scroller = document.querySelector('.journal-scroll')?.cloneNode(true)
    if (!(scroller instanceof HTMLElement)) throw new Error('no journal is open')
    for (const element of scroller.querySelectorAll('*'))
      for (const { name } of element.attributes)
        if (!['class', 'href', 'colspan', 'rowspan', 'scope', 'title'].includes(name))
          element.removeAttribute(name)
    const rows = scroller.querySelectorAll('tbody tr')
    return {
      html: scroller.outerHTML,
      rows: rows.length,
      columns: rows[0]?.querySelectorAll('td.journal-cell').length ?? 0,
    }
  })
}

function showStatic(page: Page, html: string): Promise<number> {
  return page.evaluate(async (text) => {
    const content = document.querySelector('.app-content')
    if (!content) throw new Error('nowhere to put it')
    const began = performance.now()
    content.innerHTML = text
    if (!document.querySelector('.journal-grid tbody td')) throw new Error('the table does not stand')
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - began
  }, html)
}

/** Scrolls across and down and back with the wheel; the tasks over 50 ms meanwhile, in ms. */
async function scroll(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const tasks: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    Object.assign(globalThis, { benchTasks: tasks, benchObserver: observer })
  })
  await page.locator('.journal-scroll').hover()
  for (const [x, y] of [
    [-400, 0],
    [400, 0],
    [0, 200],
    [-400, 0],
    [0, -200],
    [400, 0],
  ] as const)
    for (let step = 0; step < 12; step++) {
      await page.mouse.wheel(x, y)
      await page.waitForTimeout(16)
    }
  await page.waitForTimeout(200)
  return page.evaluate(() => {
    const { benchTasks, benchObserver } = globalThis as unknown as {
      benchTasks: number[]
      benchObserver: PerformanceObserver
    }
    benchObserver.disconnect()
    return benchTasks
  })
}
