import type { ApiResult, Meta, SyncApi } from '../../client/src/sync/ports'
import type { PullEnvelope, PullReply } from 'shared/wire/pull'
import type { PushEnvelope, PushReply } from 'shared/wire/push'
import type { SimulatedClock } from './clock'
import type { History } from './history'
import { never } from './interrupts'
import type { Random } from './random'
import type { Answer, School } from './school'
import type { Signer } from '../../sync-server/src/journal/port'
import type { World } from './world'

export interface Faults {
  /** Chances that a request, or its reply, is lost; that a request arrives twice; that it is late by minutes. */
  loseRequest: number
  loseReply: number
  twice: number
  late: number
}

export const noFaults: Faults = { loseRequest: 0, loseReply: 0, twice: 0, late: 0 }

const timeout = 20_000

/** The road between one device and the school: loses, doubles, delays and reorders. */
export class Network {
  isUp = true
  faults: Faults = noFaults

  constructor(
    readonly world: World,
    readonly random: Random,
    readonly school: School,
    readonly history: History,
  ) {}

  get signer(): Signer {
    return this.school.parts.signer
  }

  /** The api of one device while it is on; `isAlive` says whether the page that asked is still there. */
  api(name: string, person: string, clock: SimulatedClock, isAlive: () => boolean): SyncApi {
    const call = <T>(act: (school: School, who: string) => Promise<Answer<T>>) =>
      this.#call(name, person, clock, isAlive, act)
    return {
      push: (envelope: PushEnvelope) => call<PushReply>((school, who) => school.push(copy(envelope), who)),
      pull: (envelope: PullEnvelope) => call<PullReply>((school, who) => school.pull(copy(envelope), who)),
    }
  }

  async #call<T>(
    name: string,
    person: string,
    clock: SimulatedClock,
    isAlive: () => boolean,
    act: (school: School, who: string) => Promise<Answer<T>>,
  ): Promise<ApiResult<T>> {
    const { world, random, faults, history } = this
    const isLost = !this.isUp || random.chance(faults.loseRequest)
    if (random.chance(faults.twice)) {
      // A proxy repeats the request later; nobody hears the answer.
      world.after(random.int(10, 30_000), () => void act(this.school, person).catch(() => {}))
    }
    const answer = isLost ? null : this.#deliver(act, person, random.chance(faults.late))
    const replyIsLost = random.chance(faults.loseReply)
    const result = await Promise.race([answer ?? never(), world.sleep(timeout).then(() => null)])
    if (!isAlive()) return never()
    if (result === null || replyIsLost || !this.isUp) {
      history.write(name, 'no answer')
      return { ok: false, failure: 'offline' }
    }
    if (!result.ok) return { ok: false, failure: 'server' }
    const { time, token, epoch, body } = result
    const meta: Meta = { contact: { time, token, clock: clock.read() }, epoch, protocol: 1 }
    return { ok: true, body: copy(body), meta }
  }

  async #deliver<T>(
    act: (school: School, who: string) => Promise<Answer<T>>,
    person: string,
    isLate: boolean,
  ): Promise<Answer<T>> {
    const { world, random } = this
    await world.sleep(isLate ? random.int(15_000, 240_000) : random.int(20, 900))
    const answer = await act(this.school, person)
    await world.sleep(random.int(20, 900))
    return answer
  }
}

// As over the wire: nobody shares an object with the other side.
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
