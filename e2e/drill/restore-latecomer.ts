import type { Receipt } from 'shared/journal/receipt'
import type { EntryId } from 'shared/journal/ids'
import type { RunFailure } from '../../client/src/sync/run'
import { OutsideDevice } from '../outside/device'
import { Person } from '../outside/person'
import type { Random } from '../simulate/random'
import type { Held } from './check-devices'
import { someDraft } from './some-draft'

/** A teacher who signs in on a new device after the backup was made: a restore knows nothing of that session. */
export class Latecomer {
  #person: Person
  #device: OutsideDevice
  readonly kept = new Set<EntryId>()

  private constructor(
    readonly name: string,
    readonly login: string,
    person: Person,
  ) {
    this.#person = person
    this.#device = new OutsideDevice({ person, name })
  }

  static async signIn(url: string, login: string, name: string): Promise<Latecomer> {
    const person = await Person.signIn({ url, login, password: `${login}-2026`, device: name })
    return new Latecomer(name, login, person)
  }

  /** Some entries, sent and received. */
  async work(random: Random): Promise<void> {
    await this.#device.sync()
    for (let left = 3; left > 0; left -= 1)
      this.kept.add(await this.#device.write(someDraft(this.#device.journal, random)))
    await this.#device.sync()
  }

  sync(): Promise<RunFailure> {
    return this.#device.sync()
  }

  /** Signs in again, on the same device with what is on its disk. */
  async signInAgain(): Promise<void> {
    const { login, name } = this
    this.#device.stop()
    const { url } = this.#person
    this.#person = await Person.signIn({ url, login, password: `${login}-2026`, device: name })
    this.#device = new OutsideDevice({ person: this.#person, name, disk: this.#device.disk })
  }

  receipts(): Receipt[] {
    return [...this.#device.disk.rows.values()].flatMap(({ receipt }) => receipt ?? [])
  }

  held(): Held {
    const { journal, disk } = this.#device
    const { name, kept } = this
    return {
      name,
      person: this.#person.session.person,
      kept,
      disk,
      unsent: journal.status().unsent,
      now: journal.now(),
    }
  }

  stop(): void {
    this.#device.stop()
  }
}
