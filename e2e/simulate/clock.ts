import type { ClockReading } from 'shared/journal/made'
import type { World } from './world'

/** A device's clocks: a wall clock that people set wrong, and a monotonic one that sleeps with the device. */
export class SimulatedClock {
  #offset: number
  #bootedAt: number
  #slept = 0
  #boots = 1
  #jumps = 0
  #asleepSince: number | null = null

  constructor(
    readonly world: World,
    readonly name: string,
    offset: number,
  ) {
    this.#offset = offset
    this.#bootedAt = world.now()
  }

  read(): ClockReading {
    return {
      wall: Math.max(0, Math.round(this.world.now() + this.#offset)),
      // It stands still while the device sleeps.
      mono: (this.#asleepSince ?? this.world.now()) - this.#bootedAt - this.#slept,
      boot: `${this.name}-boot${this.#boots}`,
      jumps: this.#jumps,
    }
  }

  get offset(): number {
    return this.#offset
  }

  /** Somebody sets the wall clock: a step back is seen as a jump. */
  set(offset: number): void {
    if (offset < this.#offset) this.#jumps += 1
    this.#offset = offset
  }

  fallAsleep(): void {
    this.#asleepSince ??= this.world.now()
  }

  wake(): void {
    if (this.#asleepSince !== null) this.#slept += this.world.now() - this.#asleepSince
    this.#asleepSince = null
  }

  reboot(): void {
    this.wake()
    this.#boots += 1
    this.#bootedAt = this.world.now()
    this.#slept = 0
  }
}
