import type { Complaint } from './check-journal'

const mostShown = 30

/** Prints the figures as a table and as one line of JSON; the answer is the exit code: 1 where anything was wrong. */
export function tell<F extends { complaints: readonly Complaint[] }>(
  figures: F,
  log: (line: string) => void,
): 0 | 1 {
  const { complaints, ...numbers } = figures
  for (const [name, value] of Object.entries(numbers)) {
    if (typeof value === 'object' && value !== null)
      for (const [part, count] of Object.entries(value)) log(`${`${name} ${part}`.padEnd(28)}${count}`)
    else log(`${name.padEnd(28)}${String(value)}`)
  }
  for (const { rule, says } of complaints.slice(0, mostShown)) log(`${rule} ${says}`)
  if (complaints.length > mostShown) log(`… ${complaints.length - mostShown} more`)
  log(complaints.length === 0 ? 'nothing lost, nothing doubled' : `FAILED: ${complaints.length} complaints`)
  log(JSON.stringify({ ...numbers, complaints: complaints.length }))
  return complaints.length === 0 ? 0 : 1
}
