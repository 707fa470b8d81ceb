import { setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { classId } from './cells'
import { password } from './found-school'
import { answerQuestions } from './helper-process'
import { pullAll } from './sync'
import { jsonBody, Wire } from './wire'

/** Who comes at once, and with which devices. */
export interface Crowd {
  port: number
  people: readonly string[]
  device: string
}

export interface CrowdAnswer {
  /** From the first question until the last has all their sheets. */
  ms: number
  /** Sign-ins that were asked to come again later. */
  sentAway: number
  slowestSignIn: number
}

// In life these are a thousand devices with processors of their own: what they do must not slow the server down, nor the
// clock of those whose pushes are measured.
setPriority(19)

answerQuestions(async ({ port, people, device }: Crowd): Promise<CrowdAnswer> => {
  const wire = new Wire(port)
  const began = performance.now()
  let [sentAway, slowestSignIn] = [0, 0]
  const signIn = async (login: string): Promise<string> => {
    const body = jsonBody({ login, password, device: { id: `${device}-${login}`, name: 'Телефон' } })
    for (;;) {
      const asked = performance.now()
      const reply = await wire.ask({ path: '/api/session', body }, { anyStatus: true })
      if (reply.status === 429) {
        sentAway++
        // As a person does who reads «try again in so many seconds».
        await pause(1_000 * (reply.retryAfter ?? 1))
        continue
      }
      if (reply.status !== 200 || !reply.cookie)
        throw new Error(`${login}: ${reply.status} ${String(reply.body)}`)
      slowestSignIn = Math.max(slowestSignIn, performance.now() - asked)
      return reply.cookie
    }
  }
  await Promise.all(
    people.map(async (login) => {
      const { sheets } = await pullAll(wire, await signIn(login))
      if (!sheets.some(({ id }) => id === `roster:${classId(Number(/\d+/.exec(login)?.[0]))}`))
        throw new Error(`${login} has no roster`)
    }),
  )
  wire.close()
  return { ms: performance.now() - began, sentAway, slowestSignIn }
})
