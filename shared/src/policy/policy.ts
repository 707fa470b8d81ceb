import productDefault from './presets/product-default.json' with { type: 'json' }
import type { Json } from '../plain/json'

/** A deadline as the presets write it. `requirements/policies.md` lists more kinds; those not yet judged never close. */
export type Deadline =
  | { kind: 'sameDay' }
  | { kind: 'within'; n: number; unit: 'day' | 'hour' | 'week'; from: string }
  | { kind: 'unspecified'; word: string }

export interface Band {
  grades: [number, number]
  deadline: Deadline
}

export interface AbsenceCode {
  code: string
  means: 'absent' | 'ill' | 'excused' | 'late'
}

/** The rules of one school's regulation that this version reads (POL rows E, M). */
export interface Policy {
  lesson: { fillDeadline: Band[]; requiredFields: string[] }
  attendance: {
    fillDeadline: Band[]
    homeroomEdit: 'none' | 'withTeacher' | 'direct'
    layers: { fact: 'teacher'; reason: 'homeroom' | 'teacher' }
    codes: AbsenceCode[]
  }
  homework: { deadline: Band[] }
  marks: {
    currentDeadline: Band[]
    writtenWorkDeadline: Band[]
    monitoringWorkDeadline: Band[]
    forbiddenEntries: { code: string; where: 'termMarks' | 'journal' }[]
    backdating: { forbiddenGrades: [number, number] }
    scale: string[]
  }
  grade1: { marks: 'forbidden' | null; homework: 'forbidden' | null }
  edits: { afterDeadline: 'deputyApproval' | 'refuse' | 'acceptFlagged' }
  sync: {
    lateDeliveryHours: number
    clockToleranceSeconds: number
    untrustedTime: 'deputyApproval' | 'useReceivedTime'
    sameAuthorConflict: 'latestMadeWins' | 'askAuthor'
    substituteConflict: 'assigneeWins' | 'deputyDecides'
    closedTerm: 'quarantine' | 'refuse'
  }
  device: { sharedLockMinutes: number; offlineDays: number }
}

const presets: Record<string, unknown> = { 'product-default': productDefault }

/** The policy a preset and its overrides make; an unknown preset is the product's own defaults. */
export function resolvePolicy(preset: string, overrides: Readonly<Record<string, Json>>): Policy {
  const resolved = structuredCopy(presets[preset] ?? productDefault) as Record<string, unknown>
  for (const [path, value] of Object.entries(overrides)) set(resolved, path.split('.'), value)
  return resolved as unknown as Policy
}

export const defaultPolicy = resolvePolicy('product-default', {})

function structuredCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function set(target: Record<string, unknown>, path: string[], value: Json): void {
  const [key, ...rest] = path
  if (!key || key === '__proto__' || key === 'constructor' || key === 'prototype') return
  if (rest.length === 0) target[key] = value
  else {
    const inner = target[key]
    if (typeof inner === 'object' && inner !== null) set(inner as Record<string, unknown>, rest, value)
  }
}
