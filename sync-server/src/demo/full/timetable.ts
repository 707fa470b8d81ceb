import type { Chance } from '../chance'

/** What a timetable has to place: it keeps its class, and all who teach it, busy for so many hours a week. */
export interface Task {
  class: number
  teachers: readonly number[]
  hours: number
}

export interface Place {
  /** 1 is Monday. */
  weekday: number
  slot: number
}

// Named once: a lookup of a global costs more than what it computes.
const { floor, ceil, exp } = Math

const slotsADay = 7
const periods = 5 * slotsADay
/** Steps of cooling before the timetable is given up, each of so many moves a class; a thousand or two are enough. */
const mostSteps = 3000
const movesAStep = 25
const clashCost = 1
const repeatCost = 0.12

/**
 * A week without clashes: for each task its places. Each class has its lessons one after another from the first slot on;
 * nobody teaches twice at a time. Found by annealing: two lessons of a class change places, and the fewer clashes of
 * teachers, and of a subject with itself on one day, the better. Null where there is none to be found.
 */
export function timetableOf(tasks: readonly Task[], chance: Chance): Place[][] | null {
  const week = new Week(tasks, chance)
  const moves = movesAStep * week.classes
  let heat = 0.6
  for (let step = 0; step < mostSteps; step++) {
    for (let move = 0; move < moves; move++) week.tryMove(heat)
    if (week.clashes === 0 && heat < 0.03) return week.places()
    // Once cold, it is warmed again: what is stuck comes loose.
    heat = heat < 0.02 ? 0.25 : heat * 0.997
  }
  return null
}

class Week {
  /** Whose lessons clash at how many times. */
  clashes = 0
  readonly #tasks: readonly Task[]
  readonly #chance: Chance
  /** The task in each period of each class, or -1. */
  readonly #grid: Int32Array
  /** The periods that each class uses. */
  readonly #used: Int32Array[]
  readonly #busy: Int32Array
  /** How often each task happens on each day, and how often it may. */
  readonly #days: Int32Array
  readonly #daily: Int32Array

  constructor(tasks: readonly Task[], chance: Chance) {
    const classes = 1 + Math.max(-1, ...tasks.map((task) => task.class))
    const teachers = 1 + Math.max(-1, ...tasks.flatMap((task) => task.teachers))
    this.#tasks = tasks
    this.#chance = chance
    this.#grid = new Int32Array(classes * periods).fill(-1)
    this.#busy = new Int32Array(teachers * periods)
    this.#days = new Int32Array(tasks.length * 5)
    this.#daily = Int32Array.from(tasks, ({ hours }) => ceil(hours / 5))
    this.#used = Array.from({ length: classes }, (_, i) => this.#fill(i))
  }

  #fill(schoolClass: number): Int32Array {
    const hours = this.#tasks.flatMap((task, i) =>
      task.class === schoolClass ? Array.from({ length: task.hours }, () => i) : [],
    )
    const used = periodsOf(hours.length, schoolClass)
    for (const [i, task] of this.#chance.shuffled(hours).entries()) {
      const period = used[i] ?? 0
      this.#grid[schoolClass * periods + period] = task
      this.#put(task, period, 1)
    }
    return used
  }

  // Puts a task into a period, or takes it out; the change of cost.
  #put(task: number, period: number, by: 1 | -1): number {
    let cost = 0
    for (const teacher of this.#tasks[task]?.teachers ?? []) {
      const at = teacher * periods + period
      const before = this.#busy[at] ?? 0
      this.#busy[at] = before + by
      if (by === 1 ? before > 0 : before > 1) {
        cost += by * clashCost
        this.clashes += by
      }
    }
    const day = task * 5 + floor(period / slotsADay)
    const times = this.#days[day] ?? 0
    this.#days[day] = times + by
    const allowed = this.#daily[task] ?? 1
    if (by === 1 ? times >= allowed : times > allowed) cost += by * repeatCost
    return cost
  }

  get classes(): number {
    return this.#used.length
  }

  tryMove(heat: number): void {
    const schoolClass = this.#chance.whole(0, this.#used.length - 1)
    const used = this.#used[schoolClass]
    if (!used || used.length < 2) return
    const [one = 0, two = 0] = [
      used[this.#chance.whole(0, used.length - 1)],
      used[this.#chance.whole(0, used.length - 1)],
    ]
    const row = schoolClass * periods
    const [first = 0, second = 0] = [this.#grid[row + one], this.#grid[row + two]]
    if (first === second) return
    const cost = this.#swap(first, one, second, two)
    if (cost <= 0 || this.#chance.next() < exp(-cost / heat)) {
      this.#grid[row + one] = second
      this.#grid[row + two] = first
    } else {
      this.#swap(second, one, first, two)
    }
  }

  #swap(first: number, one: number, second: number, two: number): number {
    return (
      this.#put(first, one, -1) +
      this.#put(second, two, -1) +
      this.#put(first, two, 1) +
      this.#put(second, one, 1)
    )
  }

  places(): Place[][] {
    const found: Place[][] = this.#tasks.map(() => [])
    for (const [schoolClass, used] of this.#used.entries()) {
      for (const period of used) {
        const task = this.#grid[schoolClass * periods + period] ?? -1
        found[task]?.push({
          weekday: 1 + floor(period / slotsADay),
          slot: 1 + (period % slotsADay),
        })
      }
    }
    return found
  }
}

// The days in the middle of the week grow first, different ones for different classes.
function periodsOf(hours: number, schoolClass: number): Int32Array {
  const middle = [1, 3, 2]
  const order = [...middle.slice(schoolClass % 3), ...middle.slice(0, schoolClass % 3), 0, 4]
  const longer = new Set(order.slice(0, hours % 5))
  const used: number[] = []
  for (let day = 0; day < 5; day++) {
    const count = floor(hours / 5) + (longer.has(day) ? 1 : 0)
    for (let slot = 0; slot < count; slot++) used.push(day * slotsADay + slot)
  }
  return Int32Array.from(used)
}
