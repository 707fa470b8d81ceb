import { must } from 'shared/plain/must'
import { chanceOf } from '../chance'
import { classesOf, type PlannedClass } from './classes'
import { activitiesOf, type Activity, type PlannedSection } from './lessons-of-class'
import { staffOf, type Post } from './staffing'
import type { Tag } from './tag'
import { timetableOf, type Place, type Task } from './timetable'

/** A school without a name in it: classes, posts, who teaches what, when and where. */
export interface SchoolPlan {
  classes: PlannedClass[]
  posts: Post[]
  lessons: PlannedLessons[]
}

/** A section, whose it is, and its places in the week. */
export interface PlannedLessons {
  section: PlannedSection
  post: Post
  places: readonly Place[]
  room: string
}

const mostSpare = 6

/** Plans a school of this many classes: a building at a time, for buildings share neither teachers nor rooms. */
export function planSchool(count: number, seed: string, tag: Tag): SchoolPlan {
  const classes = classesOf(count, seed, tag)
  const plan: SchoolPlan = { classes, posts: [], lessons: [] }
  const known = new Map<string, Week>()
  const buildings = new Set(classes.map(({ building }) => building))
  for (const building of buildings) {
    const activities = classes
      .filter((one) => one.building === building)
      .flatMap((schoolClass) => activitiesOf(schoolClass, tag))
    const { posts, places } = planBuilding(activities, building === 0, seed, known)
    const rooms = roomsOf(posts, buildings.size > 1 ? building + 1 : null)
    const owners = ownersOf(posts)
    plan.posts.push(...posts)
    for (const [i, { sections }] of activities.entries()) {
      for (const section of sections) {
        const post = must(owners.get(section), section.id)
        plan.lessons.push({ section, post, places: places[i] ?? [], room: rooms.get(post) ?? '' })
      }
    }
  }
  return plan
}

interface Week {
  spare: number
  places: Place[][]
}

// Buildings of one make need the timetable once. Where one is hard to find, another teacher makes it easy.
function planBuilding(
  activities: readonly Activity[],
  isMain: boolean,
  seed: string,
  known: Map<string, Week>,
): { posts: Post[]; places: Place[][] } {
  for (let spare = 0; spare <= mostSpare; spare++) {
    const posts = staffOf(activities, { isMain, spare })
    const tasks = tasksOf(activities, posts)
    const make = JSON.stringify(tasks)
    const week = known.get(make) ?? weekOf(tasks, spare, seed)
    if (!week) continue
    known.set(make, week)
    return { posts, places: week.places }
  }
  throw new Error(`no timetable for ${activities.length} activities, even with ${mostSpare} teachers more`)
}

function weekOf(tasks: readonly Task[], spare: number, seed: string): Week | null {
  const places = timetableOf(tasks, chanceOf(seed, 'timetable', spare))
  return places && { spare, places }
}

function tasksOf(activities: readonly Activity[], posts: readonly Post[]): Task[] {
  const classes = [...new Set(activities.map((activity) => activity.class))]
  const owners = ownersOf(posts)
  return activities.map(({ class: of, hours, sections }) => ({
    class: classes.indexOf(of),
    hours,
    teachers: sections.map((section) => posts.indexOf(must(owners.get(section), section.id))),
  }))
}

function ownersOf(posts: readonly Post[]): Map<PlannedSection, Post> {
  return new Map(posts.flatMap((post) => post.sections.map((section) => [section, post] as const)))
}

// Each teacher has a room of their own: where no teacher is twice at a time, no room is.
function roomsOf(posts: readonly Post[], building: number | null): Map<Post, string> {
  const rooms = new Map<Post, string>()
  const prefix = building === null ? '' : `${building}-`
  let [halls, cabinets] = [0, 0]
  for (const post of posts) {
    if (post.sections.length === 0) continue
    if (post.pool === 'sport') rooms.set(post, `${prefix}зал ${++halls}`)
    else {
      const floor = 1 + Math.floor(cabinets / 18)
      rooms.set(post, `${prefix}${floor}${String(1 + (cabinets++ % 18)).padStart(2, '0')}`)
    }
  }
  return rooms
}
