import type { ProjectedSheet } from 'shared/journal/project'
import { must } from 'shared/plain/must'
import type { PullReply } from 'shared/wire/pull'
import type { Checkpoint } from './checkpoint'
import { show, type Contact } from './contact'
import { aboutHowMany, planReading } from './reading-plan'
import { isRecent, remember } from './recently-sent'
import { reply, type Brought } from './reply'

/** So many sheets of a reading are read and cut to what their reader may see before the next push is looked for. */
const portion = 20
/** Reading a range in which nothing lies costs as much as so many sheets: most plans have dozens of them. */
const emptyReading = 2

/**
 * A device that waited too long asks again: were pages read for those who left, the line would only grow, and nobody would
 * have their page in time. Who has waited for long is looked at anew: rights that are gone show nothing (A3).
 */
export function readRanges(contact: Contact, checkpoint: Checkpoint): Promise<PullReply> {
  const { deps, person, directory, again } = contact
  const { proofOf } = deps.signer
  return deps.inTurn(person, async () => {
    if (!deps.isWanted()) return reply({ sheets: [], checkpoint, more: true }, proofOf)
    if ((await deps.directory.current()) !== directory) return again()
    return reply(await readPage(contact, checkpoint), proofOf)
  })
}

async function readPage(contact: Contact, checkpoint: Checkpoint): Promise<Brought> {
  const { deps, held, limit, directory } = contact
  const reading = must(checkpoint.reading, 'a reading under way')
  const isCatchingUp = reading.above > 0
  const plan = planReading(
    reading.todo.map((index) => must(held[index], 'a held range')),
    reading.day,
  )
  // After the sequence from which changes will go on (P-2).
  const readRange = await deps.rangesAsOfNow()
  const sheets: ProjectedSheet[] = []
  let { step, after } = reading
  let sinceGaveWay = portion
  for (let room = limit; step < plan.length && room > 0;) {
    const { start, end } = must(plan[step], 'a step')
    if (sinceGaveWay >= portion) {
      await deps.giveWay()
      sinceGaveWay = 0
    }
    // Always alike, however much room there is: the next reader asks for the same.
    const found = await readRange(after === '' ? start : `${after}!`, end, portion)
    const documents = found.slice(0, room)
    for (const document of documents) {
      const sheet = show(document, contact)
      if (sheet && sheet.version > reading.above && !(isCatchingUp && isRecent(sheet, checkpoint)))
        sheets.push(sheet)
    }
    room -= documents.length
    sinceGaveWay += documents.length + emptyReading
    if (found.length < portion && documents.length === found.length) {
      step++
      after = ''
    } else after = must(documents.at(-1), 'a portion')._id
  }
  await deps.giveWay()
  const done = step >= plan.length
  const { seq, floor } = done ? reading : checkpoint
  const next = { ...checkpoint, seq, floor, reading: done ? null : { ...reading, step, after } }
  const total = aboutHowMany(plan.slice(step), contact.day, directory)
  const brought = { sheets, checkpoint: remember(next, sheets, reading.floor), more: true }
  return isCatchingUp ? brought : { ...brought, total }
}
