import { chanceOf, type Chance } from '../chance'
import source from '../data/curriculum.json' with { type: 'json' }
import type { Tag } from './tag'

/** A class before it has students, teachers or lessons. */
export interface PlannedClass {
  id: string
  /** «5А». */
  name: string
  grade: number
  /** What grades 10 and 11 specialise in. */
  profile: Profile | null
  /** The number of its building: buildings share neither teachers nor rooms. */
  building: number
  size: number
}

export type Profile = keyof typeof source.profiles

const profiles = Object.keys(source.profiles) as Profile[]
/** One timetable is made for so many classes: a larger school is several buildings. */
const classesInBuilding = 40
const size = { mean: 25, least: 18, most: 32 }

const cyrillic = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ'
const latin = 'a b v g d e zh z i k l m n o p r s t u f kh ts ch sh eh yu ya'.split(' ')

/**
 * The classes of a school of this many: as many in each grade up to the ninth, half as many in the tenth and eleventh,
 * for after the ninth every other student goes to a college.
 */
export function classesOf(count: number, seed: string, tag: Tag): PlannedClass[] {
  const buildings = Math.ceil(count / classesInBuilding)
  const sizes = sizesOf(count, chanceOf(seed, 'class sizes'))
  const classes: PlannedClass[] = []
  for (const [i, parallel] of parallelsOf(count).entries()) {
    const grade = i + 1
    for (let place = 0; place < parallel; place++) {
      const [letter, ascii] = lettersOf(place)
      classes.push({
        id: tag(`c${grade}${ascii}`),
        name: `${grade}${letter}`,
        grade,
        profile: grade >= 10 ? (profiles[place % profiles.length] ?? null) : null,
        building: place % buildings,
        size: sizes[classes.length] ?? size.mean,
      })
    }
  }
  return classes
}

// By largest remainders, so that the sum is right.
function parallelsOf(count: number): number[] {
  const shares = Array.from({ length: 11 }, (_, i) => (count * (i < 9 ? 2 : 1)) / 20)
  const parallels = shares.map(Math.floor)
  const left = count - parallels.reduce((sum, one) => sum + one, 0)
  const byRemainder = shares
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of byRemainder.slice(0, left)) parallels[i] = (parallels[i] ?? 0) + 1
  return parallels
}

// After «Я» comes «А2».
function lettersOf(place: number): [string, string] {
  const i = place % latin.length
  const round = Math.floor(place / latin.length)
  const more = round === 0 ? '' : String(round + 1)
  return [`${cyrillic[i]}${more}`, `${latin[i]}${more}`]
}

// Around the mean, and on the whole exactly the mean.
function sizesOf(count: number, chance: Chance): number[] {
  const sizes = Array.from({ length: count }, () =>
    Math.max(size.least, Math.min(size.most, Math.round(size.mean + 3 * chance.normal()))),
  )
  let off = sizes.reduce((sum, one) => sum + one, 0) - size.mean * count
  while (off !== 0) {
    const i = chance.whole(0, count - 1)
    const wanted = (sizes[i] ?? 0) - Math.sign(off)
    if (wanted < size.least || wanted > size.most) continue
    sizes[i] = wanted
    off -= Math.sign(off)
  }
  return sizes
}
