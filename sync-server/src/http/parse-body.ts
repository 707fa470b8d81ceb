import type { Request } from 'express'
import * as z from 'zod/mini'
import { badRequest, type Refused } from './errors'

type Issue = z.core.$ZodIssue

/** The body as its schema has it; unknown keys and wrong types are refused (O4). `special` may name a better refusal. */
export function parseBody<S extends z.ZodMiniType>(
  schema: S,
  req: Request,
  special: (issue: Issue) => Refused | null = () => null,
): z.output<S> {
  const parsed = z.safeParse(schema, req.body)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const refused = special(issue)
    if (refused) throw refused
  }
  const [first] = parsed.error.issues
  // The path and the kind of fault, never the value: it may be a password.
  throw badRequest(
    `The body does not fit: ${first?.path.map(String).join('.') || 'whole'} (${first?.code ?? 'unknown'}).`,
  )
}
