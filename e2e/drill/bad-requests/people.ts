import type { DemoReply } from 'shared/wire/health'
import type { ProjectedSheet } from 'shared/journal/project'
import type { PullReply } from 'shared/wire/pull'
import { must } from 'shared/plain/must'
import { Person } from '../../outside/person'

/** Who knocks. `former` was signed in and is out again; `nobody` never was. */
export const knockers = {
  orlova: 'teaches mathematics in 5А',
  klimova: 'teaches in 5А and leads it',
  lebedeva: 'teaches and leads 1Б',
  titova: 'a teacher without lessons of her own',
  fomina: 'deputy',
  vlasov: 'director',
  shilov: 'administrator',
  maltseva: 'secretary',
  belova: 'psychologist',
  abramova: 'guardian of a child in 5А and one in 3В',
  abramov: 'student in 5А',
} as const
export type Knocker = keyof typeof knockers
export type Who = Knocker | 'nobody' | 'former'
export const everybody: readonly Who[] = [...(Object.keys(knockers) as Knocker[]), 'nobody', 'former']

export interface Known {
  person: Person | null
  /** What a request of theirs carries. */
  cookie: string
  /** Sessions that requests may end. */
  spare: Person[]
  /** Finds what of others must never be in a reply to them. */
  foreign: RegExp
}

/** The school as its people see it before the first bad request. */
export interface World {
  url: string
  db: string
  known: Record<Who, Known>
  /** Everything that the deputy sees, sections opened. */
  sheets: ProjectedSheet[]
  checkpoints: string[]
}

const sparesEach = 3

/** Signs everybody in and notes what each must not be told (ACC-13 … ACC-19). */
export async function meetEverybody(url: string): Promise<World> {
  const signIns = (await (await fetch(`${url}/api/demo`)).json()) as DemoReply
  const signIn = (login: string, device: string) =>
    Person.signIn({
      url,
      login,
      device,
      password: must(
        signIns.find((one) => one.login === login),
        login,
      ).password,
    })
  const people = new Map<Knocker, Person>()
  for (const login of Object.keys(knockers) as Knocker[]) people.set(login, await signIn(login, 'drill'))
  const deputy = must(people.get('fomina'), 'the deputy')
  const sections = await allOf(deputy, [])
  const sheets = await allOf(deputy, sectionsIn(sections.sheets))
  const secrets = secretsOf(sheets.sheets)
  const known = {} as Record<Who, Known>
  const checkpoints = [sheets.checkpoint]
  for (const [login, person] of people) {
    const spare = await Promise.all(Array.from({ length: sparesEach }, (_, i) => signIn(login, `spare${i}`)))
    const sees = await allOf(person, [])
    checkpoints.push(sees.checkpoint)
    known[login] = { person, cookie: person.cookie, spare, foreign: foreignTo(login, secrets) }
  }
  const former = await signIn('orlova', 'former')
  await former.ask('DELETE', '/api/session')
  const out = { spare: [], foreign: foreignTo(null, secrets) }
  known.former = { ...out, person: former, cookie: former.cookie }
  known.nobody = { ...out, person: null, cookie: '' }
  return { url, db: deputy.session.db, known, sheets: sheets.sheets, checkpoints }
}

/** Everything a person may pull. */
export async function allOf(
  person: Person,
  open: string[],
): Promise<{ sheets: ProjectedSheet[]; checkpoint: string }> {
  const sheets = new Map<string, ProjectedSheet>()
  for (let checkpoint: string | null = null; ;) {
    const reply: PullReply = await person.ask('POST', '/api/pull', { checkpoint, limit: 500, open })
    for (const sheet of reply.sheets) sheets.set(sheet.id, sheet)
    checkpoint = reply.checkpoint
    if (!reply.more) return { sheets: [...sheets.values()], checkpoint }
  }
}

function sectionsIn(sheets: readonly ProjectedSheet[]): string[] {
  return sheets
    .filter(({ id }) => id.startsWith('roster:'))
    .flatMap(({ cells }) => Object.keys(cells).filter((cell) => cell.startsWith('section:')))
    .map((cell) => cell.slice('section:'.length))
}

interface Secret {
  /** `student`, `guardian` or `person`. */
  kind: string
  id: string
  class: string
  /** The salt of their name: wherever the name goes, it goes too. */
  salt: string
}

function secretsOf(sheets: readonly ProjectedSheet[]): Secret[] {
  return sheets.flatMap(({ id: sheet, cells }) =>
    Object.entries(cells).flatMap(([cell, { value }]) => {
      const [kind = '', id = ''] = cell.split(':')
      if (kind !== 'student' && kind !== 'guardian' && kind !== 'person') return []
      const { salt } = (value as { name: { salt: string } }).name
      return [{ kind, id, salt, class: sheet.split(':')[1] ?? '' }]
    }),
  )
}

/** Whom of the school somebody may know; written by hand from the rules of sight, not asked of them. */
function mayKnow(who: Knocker | null, { kind, id, class: of }: Secret): boolean {
  if (who === null) return false
  if (kind === 'person') return true
  switch (who) {
    case 'fomina':
    case 'shilov':
    case 'maltseva':
      return true
    case 'vlasov':
      return kind === 'student'
    case 'klimova':
      return of === 'c5a'
    case 'lebedeva':
      return of === 'c1b'
    case 'orlova':
      return kind === 'student' && of === 'c5a'
    case 'abramova':
      return ['abramova', 'abramov', 'abramova-liza'].includes(id)
    case 'abramov':
      return id === 'abramov'
    case 'titova':
    case 'belova':
      return false
  }
}

const readNoLessons: readonly (Knocker | null)[] = [null, 'shilov', 'maltseva', 'belova', 'titova']

function foreignTo(who: Knocker | null, secrets: readonly Secret[]): RegExp {
  const known = new Set(secrets.filter((secret) => mayKnow(who, secret)).map(({ id }) => id))
  const foreign = secrets.filter(({ id }) => !known.has(id))
  const ids = foreign.filter(({ kind }) => kind !== 'person').map(({ id }) => id)
  const parts = [
    ...(ids.length > 0 ? [`(?<![\\w-])(?:${[...new Set(ids)].join('|')})(?![\\w-])`] : []),
    ...foreign.map(({ salt }) => salt),
    ...(readNoLessons.includes(who) ? ['"id":"lesson:'] : []),
  ]
  // Whoever may know all has nothing to be found.
  return new RegExp(parts.length > 0 ? parts.join('|') : '(?!)')
}
