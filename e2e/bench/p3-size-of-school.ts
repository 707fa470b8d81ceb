import { quantile } from './compare'
import type { BenchOptions, Figure, Result } from './figure'
import { teacherId } from './full-school/cells'
import { measuredTeacher } from './full-school/lesson-sheets'
import { cpuOf, untilIdle } from './full-school/process-cost'
import { SizedSchool } from './full-school/school-of-size'
import { pullAll } from './full-school/sync'
import { jsonBody, Wire } from './full-school/wire'

const goal = 1.15
const [few, many] = [10, 1_000]
/** So many devices pull one after another in a run: one pull is less than the kernel's measure of CPU time. */
const firsts = 4
const againDevices = 25

/** What the pulls of a run cost. */
const costs = ['first ms', 'first bytes', 'first CPU', 'again ms', 'again bytes', 'again CPU'] as const
type Costs = Record<(typeof costs)[number], number> & {
  /** What reading the school's changes takes, once for all its devices. It grows with the changes, so it is told beside. */
  changesMs: number
}

/** P3: what one teacher's pull costs must not grow with the school around them. */
export const sizeOfSchool: Figure = {
  name: 'P3',
  title: `one teacher's first and next pull in a school of ${many} classes, against one of ${few}`,
  goal,
  async run(options) {
    const [large, small] = [await startSchool(many, options), await startSchool(few, options)]
    try {
      return await measure(options, large, small)
    } finally {
      await large.stop()
      await small.stop()
    }
  },
}

function startSchool(classes: number, { couchdb }: BenchOptions): Promise<SizedSchool> {
  // Several databases of one CouchDB would empty each other.
  if (couchdb && classes === few) throw new Error('P3 compares two schools: it runs on the embedded store')
  const everybody = Array.from({ length: classes }, (_, k) => teacherId(k))
  const measured = Array.from({ length: againDevices }, () => teacherId(measuredTeacher))
  return SizedSchool.start(classes, [...measured, ...everybody], null)
}

async function measure({ runs }: BenchOptions, large: SizedSchool, small: SizedSchool): Promise<Result> {
  const pairs: { ours: Costs; reference: Costs }[] = []
  for (let run = -1; run < runs; run++) {
    const sides = run % 2 === 0 ? [large, small] : [small, large]
    const found = new Map<SizedSchool, Costs>()
    for (const side of sides) found.set(side, await costsOf(side))
    const [ours, reference] = [found.get(large), found.get(small)]
    if (run >= 0 && ours && reference) pairs.push({ ours, reference })
  }
  const ratios = costs.map((cost) => {
    const each = pairs.map(({ ours, reference }) => ours[cost] / reference[cost])
    // CPU time comes in steps so coarse that single runs say little: all of them together do.
    const sum = (side: 'ours' | 'reference') => pairs.reduce((all, pair) => all + pair[side][cost], 0)
    const ratio = cost.endsWith('CPU') ? sum('ours') / sum('reference') : quantile(each, 0.5)
    return { cost, ratio, each }
  })
  const worst = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a))
  const median = (side: 'ours' | 'reference') =>
    quantile(
      pairs.map((pair) => pair[side][worst.cost]),
      0.5,
    )
  const changesOf = (side: 'ours' | 'reference') =>
    quantile(
      pairs.map((pair) => pair[side].changesMs),
      0.5,
    )
  return {
    ratio: worst.ratio,
    ours: median('ours'),
    reference: median('reference'),
    unit: worst.cost.endsWith('bytes') ? 'bytes' : 'ms',
    goal,
    met: worst.ratio <= goal,
    runs,
    spread: [quantile(worst.each, 0.25), quantile(worst.each, 0.75)],
    says:
      `The worst of six: time, bytes and server CPU of ${firsts} first pulls of a teacher with ${8 * 11} lessons, and of ` +
      `${againDevices} next ones after every class of the school has had a change, one of them the teacher's, and somebody else has pulled. ` +
      `Here: ${worst.cost}.`,
    more: {
      ...Object.fromEntries(ratios.map(({ cost, ratio }) => [cost, ratio])),
      [`ms to read the changes of ${many} classes`]: changesOf('ours'),
      [`ms to read the changes of ${few} classes`]: changesOf('reference'),
    },
  }
}

async function costsOf(school: SizedSchool): Promise<Costs> {
  const { cookie } = school.device(0)
  let [bytes, checkpoint] = [0, '']
  await untilIdle(school.pid)
  const first = await costOf(school, async () => {
    for (let i = 0; i < firsts; i++) {
      const { wire, checkpoint: next } = await pullAll(school.wire, cookie)
      bytes += wire
      checkpoint = next
    }
  })
  await pushFromEveryClass(school)
  await untilIdle(school.pid)
  // Somebody else of the school comes first, as one of so many would.
  const other = { checkpoint: null, limit: 1 }
  const changes = await costOf(school, () =>
    school.wire.ask({
      path: '/api/pull',
      cookie: school.device(againDevices + 1).cookie,
      body: jsonBody(other),
    }),
  )
  let againBytes = 0
  const again = await costOf(school, async () => {
    for (let i = 0; i < againDevices; i++) {
      const { wire, sheets } = await pullAll(school.wire, school.device(i).cookie, { checkpoint })
      if (sheets.length === 0) throw new Error('the change did not come')
      againBytes += wire
    }
  })
  return {
    'first ms': first.ms,
    'first bytes': bytes,
    'first CPU': first.cpu,
    'again ms': again.ms,
    'again bytes': againBytes,
    'again CPU': again.cpu,
    changesMs: changes.ms,
  }
}

// At once: one after another each would wait for the disk alone.
async function pushFromEveryClass(school: SizedSchool): Promise<void> {
  const crowd = new Wire(school.stack.port, { connections: 32 })
  const pushes = Array.from({ length: school.classes }, (_, k) =>
    school.pushOf(school.device(againDevices + k), k),
  )
  await Promise.all(pushes.map((push) => school.send(push, crowd)))
  crowd.close()
}

async function costOf(
  school: SizedSchool,
  act: () => Promise<unknown>,
): Promise<{ ms: number; cpu: number }> {
  const [cpu, began] = [cpuOf(school.pid), performance.now()]
  await act()
  return { ms: performance.now() - began, cpu: cpuOf(school.pid) - cpu }
}
