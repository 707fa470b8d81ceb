import { setTimeout as pause } from 'node:timers/promises'
import { must } from 'shared/plain/must'
import { quantile } from './compare'
import type { Figure, Result } from './figure'
import { studentId, studentsAClass, teacherId } from './full-school/cells'
import type { Crowd, CrowdAnswer } from './full-school/crowd'
import { HelperProcess } from './full-school/helper-process'
import { cpuOf } from './full-school/process-cost'
import { SizedSchool } from './full-school/school-of-size'
import { Wire } from './full-school/wire'

const goal = 2
const families = 1_000
const teachers = 20
const classes = families / studentsAClass
/** A teacher taps a mark about so often (ms). */
const tap = 400
/** How long a calm morning is watched. */
const calm = 8_000
/** One storm takes as long as a thousand hashes: fifteen of them would be the whole bench. */
const rounds = 3

/** P15: half past eight, everybody opens their diary, and lessons go on. */
export const morning: Figure = {
  name: 'P15',
  title: `pushes of ${teachers} writing teachers while ${families} people sign in and sync at once, against a calm morning`,
  goal,
  async run({ runs, couchdb, log }) {
    const people = Array.from({ length: families }, (_, i) =>
      studentId(Math.floor(i / studentsAClass), i % studentsAClass),
    )
    const writing = Array.from({ length: teachers }, (_, k) => teacherId(k))
    const school = await SizedSchool.start(classes, writing, couchdb, people)
    const pushes = new Wire(school.stack.port)
    const crowd = new HelperProcess(new URL('full-school/crowd.ts', import.meta.url))
    try {
      const all = { calm: [] as number[], storm: [] as number[] }
      const ratios: number[] = []
      const storms: Storm[] = []
      for (let round = -1; round < Math.min(runs, rounds); round++) {
        const still = await pushesDuring(school, pushes, () => pause(calm))
        let storm: Storm | null = null
        const busy = await pushesDuring(school, pushes, async () => {
          storm = await stormOf(school, crowd, { port: school.stack.port, people, device: `d${round}` })
        })
        if (round < 0) continue
        storms.push(must(storm as Storm | null, 'a storm'))
        all.calm.push(...still)
        all.storm.push(...busy)
        ratios.push(quantile(busy, 0.99) / quantile(still, 0.99))
        log(`  round ${round + 1}: ${ratios.at(-1)?.toFixed(2)}`)
      }
      return resultOf(all, ratios, storms)
    } finally {
      pushes.close()
      await crowd.end()
      await school.stop()
    }
  },
}

/** How long each push took (ms) while this went on. */
async function pushesDuring(school: SizedSchool, wire: Wire, act: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const lesson = new AbortController()
  const write = async (k: number) => {
    await pause((tap * k) / teachers)
    while (!lesson.signal.aborted) {
      const push = school.pushOf(school.device(k), k)
      const began = performance.now()
      await school.send(push, wire)
      took.push(performance.now() - began)
      await pause(tap)
    }
  }
  const writing = Array.from({ length: teachers }, (_, k) => write(k))
  try {
    await act()
  } finally {
    lesson.abort()
  }
  await Promise.all(writing)
  return took
}

interface Storm extends CrowdAnswer {
  cpu: number
}

async function stormOf(school: SizedSchool, crowd: HelperProcess, asked: Crowd): Promise<Storm> {
  const cpu = cpuOf(school.pid)
  const answer = await crowd.ask<CrowdAnswer>(asked)
  return { ...answer, cpu: cpuOf(school.pid) - cpu }
}

function resultOf(all: { calm: number[]; storm: number[] }, ratios: number[], storms: Storm[]): Result {
  const of = (pick: (storm: Storm) => number) => quantile(storms.map(pick), 0.5)
  const [ours, reference] = [quantile(all.storm, 0.99), quantile(all.calm, 0.99)]
  return {
    ratio: ours / reference,
    ours,
    reference,
    unit: 'ms',
    goal,
    met: ours / reference <= goal,
    runs: ratios.length,
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    says:
      `p99 of all pushes of ${teachers} teachers, one mark every ${tap} ms each, while ${families} people of ${classes} classes sign in ` +
      `with their passwords and pull everything, against ${calm / 1000} s in which nobody does; ${ratios.length} rounds of both in turn, ` +
      'the p99 of all pushes of each. The spread is that of single rounds. ' +
      'The crowd is a process of its own at the lowest priority: its thousand devices have processors of their own in life.',
    more: {
      'pushes in storms': all.storm.length,
      'calm p50 ms': quantile(all.calm, 0.5),
      'storm p50 ms': quantile(all.storm, 0.5),
      'storm s': of(({ ms }) => ms) / 1000,
      'slowest sign-in s': of(({ slowestSignIn }) => slowestSignIn) / 1000,
      'sent away': of(({ sentAway }) => sentAway),
      'CPU ms of a sign-in and sync': of(({ cpu }) => cpu) / families,
    },
  }
}
