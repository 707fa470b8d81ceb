import * as z from 'zod/mini'
import { textOf } from '../entry'
import { admitted } from '../receipt'
import type { CellRule } from './cell-rule'
import { entryOf } from './entry-schema'

export const topic = z.nullable(textOf(500))

/** The lesson's topic (LES-01); any time before the lesson too. */
export const topicCell: CellRule = {
  pattern: /^topic$/,
  value: topic,
  homeroom: 'never',
  early: true,
  deadlines: (_cell, { policy }) => [policy.lesson.fillDeadline],
  judge: () => admitted,
}

export const setTopic = entryOf('set-topic', [topicCell])
