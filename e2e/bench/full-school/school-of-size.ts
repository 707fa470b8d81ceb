import type { Receipt } from 'shared/journal/receipt'
import type { PushReply } from 'shared/wire/push'
import { must } from 'shared/plain/must'
import type { Stack } from '../../stack'
import { lessonOfTeacher, slots } from './cells'
import { foundSchool, schoolDay, type FoundedSchool, type SignedInDevice } from './found-school'
import { lessonPush } from './lesson-entries'
import { fillOtherLessons, measuredEntries, measuredTeacher, pastDays } from './lesson-sheets'
import { jsonBody, Wire, type Ask } from './wire'

/** Classes a school has for about so many sheets. */
export function classesFor(sheets: number): number {
  return Math.round(sheets / (slots.length * pastDays.length))
}

/** A running school of any size with a measured teacher, who has many devices. */
export class SizedSchool {
  readonly wire: Wire
  #pushed = 0

  private constructor(
    readonly classes: number,
    readonly stack: Stack,
    readonly school: FoundedSchool,
  ) {
    // One connection: what is compared with what comes one after another on the same.
    this.wire = new Wire(stack.port, { connections: 1 })
  }

  static async start(
    classes: number,
    devices: readonly string[],
    couchdb: string | null,
    accounts: readonly string[] = [],
  ): Promise<SizedSchool> {
    const school = await foundSchool({
      classes,
      devices,
      accounts,
      couchdb,
      lessons: (signer) => measuredEntries(classes, signer),
      fill: (stores) => fillOtherLessons(stores, classes),
    })
    return new SizedSchool(classes, await school.start(), school)
  }

  get pid(): number {
    return must(this.stack.pid, 'a running server')
  }

  device(at: number): SignedInDevice {
    return must(this.school.devices[at], 'a device')
  }

  /** One entry more on a lesson that this teacher gives today. */
  push(device: SignedInDevice, teacher = measuredTeacher): Promise<Receipt> {
    return this.send(this.pushOf(device, teacher))
  }

  /** The same as a device is about to send it: making an entry is the device's own work. */
  pushOf(device: SignedInDevice, teacher = measuredTeacher): Ask {
    const at = this.#pushed++
    const slot = must(slots[at % slots.length], 'a slot')
    const { sheet, class: k } = lessonOfTeacher(teacher, slot, schoolDay, this.classes)
    const { entries, clock } = lessonPush({
      device,
      sheet,
      class: k,
      signer: this.school.signer,
      before: 100_000 + at * 40,
    })
    // Marks for answers: the last of them put earlier ones right.
    const marks = entries.filter(({ changes }) => changes[0]?.cell.startsWith('mark:answer:'))
    const entry = must(marks[Math.floor(at / slots.length) % 8], 'a mark')
    return { path: '/api/push', cookie: device.cookie, body: jsonBody({ entries: [entry], clock }) }
  }

  async send(push: Ask, wire = this.wire): Promise<Receipt> {
    const { receipts } = await wire.json<PushReply>(push)
    const receipt = must(receipts[0], 'a receipt')
    if (receipt.admission.is !== 'in') throw new Error(JSON.stringify(receipt))
    return receipt
  }

  async stop(): Promise<void> {
    this.wire.close()
    await this.stack.stop()
    await this.school.remove()
  }
}
