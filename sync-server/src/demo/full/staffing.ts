import type { Activity, PlannedSection } from './lessons-of-class'
import type { PlannedClass } from './classes'

/** A place on the staff list, before somebody has it. */
export interface Post {
  duty: 'director' | 'deputy' | 'admin' | 'secretary' | 'psychologist' | 'primary' | 'subject'
  /** Subjects taught, as a pool of teachers shares them. */
  pool: Pool | null
  /** Part of a whole post that is spent on lessons: a deputy has few, a part-timer half. */
  share: number
  hours: number
  sections: PlannedSection[]
  /** The class led as homeroom teacher. */
  homeroom: PlannedClass | null
}

/** Whose subjects one teacher may well have together. The order is that in which posts are filled. */
const pools = {
  rus: ['rus', 'lit', 'prakt_rus'],
  math: ['inf', 'math', 'alg', 'geom', 'prob', 'algan', 'prakt_math'],
  eng: ['eng'],
  hist: ['hist', 'soc', 'dnkr'],
  nature: ['chem', 'bio', 'geo', 'fg'],
  phys: ['phys', 'proj'],
  arts: ['tech', 'art', 'mus'],
  sport: ['pe', 'obzr'],
} as const
export type Pool = keyof typeof pools
const poolNames = Object.keys(pools) as Pool[]

/** What a class teacher of grades 1–4 does not teach: the others come from the pools. */
const bySpecialists = new Set(['eng', 'mus', 'pe'])
const staffPerClass = 1.5
/** Where somebody works half a post. */
const halfPosts = new Set<Pool>(['arts', 'sport'])
/** Lessons a week that nobody is given more of: a post is 18, two of them are the most that the law allows. */
export const mostHours = 32

/**
 * The staff of a building: who teaches what, with loads as even as subjects allow. `spare` posts above the usual number
 * make a timetable easier to find.
 */
export function staffOf(
  activities: readonly Activity[],
  { isMain, spare }: { isMain: boolean; spare: number },
): Post[] {
  const classes = [...new Set(activities.map((activity) => activity.class))]
  const office = officeOf(classes.length, isMain)
  const primary = classes.filter(({ grade }) => grade <= 4).map(classTeacher)
  const sections = activities.flatMap((activity) => activity.sections)
  for (const section of sections) {
    const own = primary.find(({ homeroom }) => homeroom === section.class)
    if (own && !bySpecialists.has(section.subject)) give(own, section)
  }
  const rest = sections.filter(({ class: { grade }, subject }) => grade > 4 || bySpecialists.has(subject))
  const wanted = Math.round(staffPerClass * classes.length) - office.length - primary.length
  const teachers = subjectPosts(rest, office, { wanted, spare })
  for (const pool of poolNames) {
    const of = [...office, ...teachers].filter((post) => post.pool === pool)
    fill(
      of,
      rest.filter((section) => poolOf(section) === pool),
    )
  }
  const posts = [...office, ...primary, ...teachers]
  for (const schoolClass of classes) if (schoolClass.grade > 4) lead(schoolClass, posts)
  return posts
}

function post(duty: Post['duty'], pool: Pool | null = null, share = 0): Post {
  return { duty, pool, share, hours: 0, sections: [], homeroom: null }
}

function classTeacher(schoolClass: PlannedClass): Post {
  return { ...post('primary', null, 1), homeroom: schoolClass }
}

// One director and one office for the whole school; each building has its deputies. All of them but the office teach a little.
function officeOf(classes: number, isMain: boolean): Post[] {
  const deputies = (['math', 'rus', 'eng'] as const).slice(0, Math.max(1, Math.floor(classes / 13)))
  const ofBuilding = deputies.map((pool) => post('deputy', pool, 0.3))
  if (!isMain) return ofBuilding
  return [
    post('director', 'hist', 0.2),
    ...ofBuilding,
    post('admin'),
    post('secretary'),
    post('psychologist'),
  ]
}

function poolOf({ subject }: PlannedSection): Pool {
  return poolNames.find((name) => (pools[name] as readonly string[]).includes(subject)) ?? 'nature'
}

function give(to: Post, section: PlannedSection): void {
  to.sections.push(section)
  // Half an hour a week over the year, an hour while it lasts.
  to.hours += section.hours
}

// As many as the load needs, then one by one where it is heaviest, until the staff is complete.
function subjectPosts(
  sections: readonly PlannedSection[],
  office: readonly Post[],
  { wanted, spare }: { wanted: number; spare: number },
): Post[] {
  const load = new Map<Pool, number>()
  const shares = new Map<Pool, number>()
  for (const section of sections) {
    const pool = poolOf(section)
    load.set(pool, (load.get(pool) ?? 0) + section.hours)
  }
  for (const { pool, share } of office) if (pool) shares.set(pool, (shares.get(pool) ?? 0) + share)
  const posts: Post[] = []
  const perPost = (pool: Pool) => (load.get(pool) ?? 0) / (shares.get(pool) || Number.MIN_VALUE)
  const add = (pool: Pool, share = 1) => {
    posts.push(post('subject', pool, share))
    shares.set(pool, (shares.get(pool) ?? 0) + share)
  }
  for (const pool of load.keys()) {
    if (halfPosts.has(pool)) add(pool, 0.5)
    add(pool)
    // Two groups at once need two teachers, however few their lessons are.
    const hasGroups = sections.some((section) => section.group !== null && poolOf(section) === pool)
    if (hasGroups && [...office, ...posts].filter((one) => one.pool === pool).length < 2) add(pool)
  }
  for (let left = spare; ;) {
    const [heaviest] = [...load.keys()].sort((a, b) => perPost(b) - perPost(a))
    const isEnough = posts.length >= wanted && (!heaviest || perPost(heaviest) <= mostHours - 2)
    if (!heaviest || (isEnough && left-- === 0)) return posts
    add(heaviest)
  }
}

// A class's lessons of one subject family stay together; the largest go first, each to whoever has least.
function fill(posts: readonly Post[], sections: readonly PlannedSection[]): void {
  const bundles = new Map<string, PlannedSection[]>()
  for (const section of sections) {
    const key = `${section.class.id} ${familyOf(section)} ${section.group ?? ''}`
    bundles.set(key, [...(bundles.get(key) ?? []), section])
  }
  const hours = (bundle: readonly PlannedSection[]) => bundle.reduce((sum, one) => sum + one.hours, 0)
  const inOrder = [...bundles.values()].sort((a, b) => rank(a) - rank(b) || hours(b) - hours(a))
  const even = hours(sections) / posts.reduce((sum, { share }) => sum + share, 0)
  for (const bundle of inOrder) {
    const able = posts.filter((one) => !bundle.some((section) => teachesTwin(one, section)))
    // More of the same rather than one subject more, as long as nobody has much more than others.
    const ease = (one: Post) => {
      const load = (one.hours + hours(bundle)) / one.share
      return load - (load <= even * 1.04 && teachesLike(one, bundle) ? 12 : 0)
    }
    const [best] = [...able].sort((a, b) => ease(a) - ease(b))
    if (!best) throw new Error(`nobody can teach ${bundle[0]?.id}`)
    for (const section of bundle) give(best, section)
  }
}

// Those that only few can teach first.
function rank([first]: readonly PlannedSection[]): number {
  const pool = first && poolOf(first)
  return pool && ['math', 'nature', 'phys', 'arts', 'sport'].includes(pool)
    ? (pools[pool] as readonly string[]).indexOf(familyOf(first))
    : 0
}

const families: Record<string, string | undefined> = {
  lit: 'rus',
  prakt_rus: 'rus',
  alg: 'math',
  geom: 'math',
  prob: 'math',
  algan: 'math',
  prakt_math: 'math',
  soc: 'hist',
  dnkr: 'hist',
}

function familyOf({ subject }: PlannedSection): string {
  return families[subject] ?? subject
}

// The other group of the class is taught at the same time.
function teachesTwin({ sections }: Post, { class: of, subject, group }: PlannedSection): boolean {
  return group !== null && sections.some((own) => own.class === of && own.subject === subject)
}

function teachesLike({ sections }: Post, [first]: readonly PlannedSection[]): boolean {
  return first !== undefined && sections.some((own) => familyOf(own) === familyOf(first))
}

// Whoever has most lessons with the class and leads no other yet.
function lead(schoolClass: PlannedClass, posts: readonly Post[]): void {
  const withClass = ({ sections }: Post) =>
    sections.reduce((sum, section) => sum + (section.class === schoolClass ? section.hours : 0), 0)
  const [best] = posts
    .filter((one) => one.duty === 'subject' && one.homeroom === null)
    .sort((a, b) => withClass(b) - withClass(a))
  if (best) best.homeroom = schoolClass
}
