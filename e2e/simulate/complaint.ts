/** A rule that a run found broken. */
export interface Complaint {
  rule: string
  says: string
}

export type Complain = (rule: string, says: string) => void
