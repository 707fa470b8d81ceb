import { setTimeout as pause } from 'node:timers/promises'
import { makeEntry } from 'shared/journal/build'
import type { PushReply } from 'shared/wire/push'
import { must } from 'shared/plain/must'
import { compare, timed } from './compare'
import { resultOf, type Figure } from './figure'
import { office, teacherId } from './full-school/cells'
import { db, evening, foundSchool, type FoundedSchool } from './full-school/found-school'
import { HelperProcess } from './full-school/helper-process'
import { Streams } from './full-school/streams'
import { jsonBody, Wire, type Ask } from './full-school/wire'

const streams = 1_000
const classes = 125
/** Between two changes, so that the news of one have gone before the next comes. */
const between = 600

/** P11: one change, and a thousand tablets hear of it. */
export const news: Figure = {
  name: 'P11',
  title: `one change until the last of ${streams} streams has heard of it, against a bare Node loop`,
  goal: 2,
  async run({ runs, couchdb }) {
    const devices = Array.from({ length: streams }, (_, i) => teacherId(i % classes))
    const school = await foundSchool({ classes, devices: [...devices, office], couchdb })
    const stack = await school.start()
    const loop = new HelperProcess(new URL('full-school/sse-loop.ts', import.meta.url))
    const loopPort = await loop.ask<number>('listen')
    const [ours, bare] = [new Streams(stack.port, '/api/stream'), new Streams(loopPort, '/')]
    const [wire, loopWire] = [new Wire(stack.port), new Wire(loopPort)]
    try {
      const cookies = school.devices.slice(0, streams).map(({ cookie }) => cookie)
      await ours.open(cookies)
      await bare.open(cookies)
      const change = changesOf(school)
      const heard = async (all: Streams, via: Wire, ask: Ask, check: (body: unknown) => void = () => {}) => {
        await pause(between)
        return timed(async () => {
          const everywhere = all.next()
          check(await via.json(ask))
          await everywhere
        })
      }
      const compared = await compare(
        runs,
        () => heard(ours, wire, change(), mustBeIn),
        () => heard(bare, loopWire, { path: '/change', body: jsonBody({}) }),
      )
      return resultOf(news, compared, {
        unit: 'ms',
        says:
          `From sending a push, which changes the calendar, until each of ${streams} streams of ${classes} teachers has news: ` +
          'judged, signed, synced to disk and announced. The reference writes to each response in a loop at once.',
      })
    } finally {
      for (const open of [ours, bare, wire, loopWire]) open.close()
      await loop.end()
      await stack.stop()
      await school.remove()
    }
  },
}

/** The office sets one more day off, each time on top of the last. */
function changesOf(school: FoundedSchool): () => Ask {
  const { cookie, person, device } = must(school.devices[streams], 'the office')
  let n = 0
  const seen = { id: 'calendar', cells: {}, own: {} }
  return () => {
    const clock = { wall: evening, mono: 1_000 + n, boot: 'office-tablet', jumps: 0 }
    const contact = {
      time: evening,
      token: school.signer.timeToken(evening),
      clock: { ...clock, mono: 1_000 },
    }
    const cell = `bells:extra${n}`
    const value = [{ slot: 1, start: '09:00', end: '09:45' }]
    const entry = makeEntry({ sheet: 'calendar', kind: 'keep-directory', set: [{ cell, value }] }, seen, {
      db,
      author: person,
      device,
      n: ++n,
      made: { clock, contact },
    })
    return { path: '/api/push', cookie, body: jsonBody({ entries: [entry], clock }) }
  }
}

function mustBeIn(body: unknown): void {
  const [receipt] = (body as PushReply).receipts
  if (receipt?.admission.is !== 'in') throw new Error(JSON.stringify(receipt))
}
