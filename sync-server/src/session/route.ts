import { Router, type Request, type Response } from 'express'
import { dayOf } from 'shared/calendar/zone'
import { fullName } from 'shared/people/names'
import type { Directory } from 'shared/people/directory'
import { viewerOf } from 'shared/people/viewer'
import {
  changePassword,
  leastPassword,
  signIn,
  type SessionReply,
  type SessionsReply,
  type SignIn,
} from 'shared/wire/session'
import type { Accounts } from '../accounts/accounts'
import { plainLogin } from '../accounts/documents'
import { passwordFault } from '../accounts/password-rules'
import type { PasswordHasher } from '../accounts/password-hash'
import { addressOf, type Throttle } from '../accounts/throttle'
import { notFound, storeUnavailable, weakPassword, wrongLogin } from '../http/errors'
import type { Journals } from '../http/journals'
import { parseBody } from '../http/parse-body'
import { clearToken, setToken, tokenOf } from '../http/session-cookie'
import type { RightOfWay } from '../http/right-of-way'
import { journalOf, sessionOf, signedIn } from '../http/signed-in'
import type { ServerJournal } from '../journal/port'
import type { Session, Sessions } from './sessions'
import { makeSignInLine } from './sign-in-line'

export interface SessionDeps {
  accounts: Accounts
  sessions: Sessions
  throttle: Throttle
  hasher: PasswordHasher
  journals: Journals
  way: RightOfWay
  /** Public key that receipts are signed with. */
  key: string
  now: () => number
}

/** Signing in and out, one's own sessions and password (ACC-01, ACC-06, ACC-21). */
export function sessionRoutes(deps: SessionDeps): Router {
  const { sessions } = deps
  const own = signedIn(deps, { withIssuedPassword: true })
  const inLine = makeSignInLine()
  const router = Router()

  router.post('/session', async (req, res) => {
    const sent = parseBody(signIn, req)
    const reply = await inLine(
      () => openSession(sent, req, res, deps),
      () => !res.destroyed,
    )
    if (reply) res.json(reply)
  })

  router.get('/session', own, async (_req, res) => {
    res.json(await sessionReply(sessionOf(res), journalOf(res), deps))
  })

  // Not behind `signedIn`: signing out twice is signing out.
  router.delete('/session', async (req, res) => {
    await endPresented(req, sessions)
    clearToken(req, res)
    res.status(204).end()
  })

  router.get('/sessions', own, async (_req, res) => {
    const { login, id: current } = sessionOf(res)
    const list = await sessions.list(login)
    const reply: SessionsReply = {
      sessions: list
        .sort((a, b) => b.seen - a.seen)
        .map(({ id, device, created, seen }) => ({
          id,
          device: device.name,
          created,
          seen,
          current: id === current,
        })),
    }
    res.json(reply)
  })

  router.delete('/sessions/:id', own, async (req, res) => {
    const count = await sessions.end(sessionOf(res).login, ({ id }) => id === req.params['id'])
    if (count === 0) throw notFound('No such session of yours.')
    res.status(204).end()
  })

  router.post('/password', own, async (req, res) => {
    await setOwnPassword(req, res, deps)
    res.status(204).end()
  })

  return router
}

async function openSession(
  { login, password, device }: SignIn,
  req: Request,
  res: Response,
  deps: SessionDeps,
): Promise<SessionReply> {
  const { accounts, sessions, throttle, hasher, journals, way } = deps
  const name = plainLogin(login)
  await way.giveWay()
  const attempt = {
    login: name,
    knownDevice: (await sessions.knowsDevice(name, device.id)) ? device.id : null,
    address: addressOf(req.ip),
  }
  await throttle.take(attempt)
  const account = await accounts.find(name)
  const right = await hasher.matches(account?.hash ?? null, password)
  if (!account || !right) {
    await throttle.blame(attempt)
    throw wrongLogin()
  }
  await way.giveWay()
  const journal = await journals.get(account.db)
  if (!journal) throw storeUnavailable()
  await throttle.forgive(attempt)
  await endPresented(req, sessions)
  // ACC-06: an issued password opens one session, to choose an own one in; the next ends the one before.
  if (account.mustChangePassword) await sessions.end(account.login, () => true)
  await way.giveWay()
  const { token, session } = await sessions.open(account, device)
  setToken(req, res, token)
  return sessionReply(session, journal, deps)
}

// The cookie of this browser is about to be replaced or dropped: its session would live on where nobody can use it.
async function endPresented(req: Request, sessions: Sessions): Promise<void> {
  const token = tokenOf(req)
  const session = token ? await sessions.find(token) : null
  if (session) await sessions.end(session.login, ({ id }) => id === session.id)
}

async function setOwnPassword(req: Request, res: Response, deps: SessionDeps): Promise<void> {
  const { accounts, sessions, throttle, hasher } = deps
  const session = sessionOf(res)
  const { old, new: chosen } = parseBody(changePassword, req, (issue) =>
    issue.path[0] === 'new' && issue.code === 'too_small'
      ? weakPassword(`At least ${leastPassword} characters.`)
      : null,
  )
  const attempt = { login: session.login, knownDevice: session.device.id, address: addressOf(req.ip) }
  await throttle.take(attempt)
  const account = await accounts.find(session.login)
  if (!(await hasher.matches(account?.hash ?? null, old))) {
    await throttle.blame(attempt)
    throw wrongLogin()
  }
  await throttle.forgive(attempt)
  const fault = old === chosen ? weakPassword('It is the old one.') : passwordFault(chosen, session.login)
  if (fault) throw fault
  await accounts.setPassword(session.login, chosen)
  await sessions.passwordChanged(session.id)
  // Whoever knew the old password is out.
  await sessions.end(session.login, ({ id }) => id !== session.id)
}

async function sessionReply(
  session: Session,
  journal: ServerJournal,
  deps: SessionDeps,
): Promise<SessionReply> {
  const directory = await journal.directory()
  const { name, short, zone } = directory.school
  const viewer = viewerOf(session.person, dayOf(deps.now(), zone), directory)
  return {
    person: session.person,
    name: nameOf(session.person, directory),
    db: session.db,
    school: short || name,
    zone,
    roles: viewer.roles,
    children: viewer.children,
    mustChangePassword: session.mustChangePassword,
    key: deps.key,
    session: session.id,
  }
}

function nameOf(person: string, { staff, guardians, students }: Directory): string {
  const known = staff.get(person) ?? guardians.get(person) ?? students.get(person)
  return known ? fullName(known.name) : ''
}
