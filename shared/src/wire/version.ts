/** The number of the wire. It grows whenever a message's schema changes: `version.test.ts` asks for it. */
export const protocol = 1

/** Headers of every reply. */
export const headers = {
  /** The server's time, ms since 1970. */
  time: 'zvonok-time',
  /** Proof that the time is this server's: goes back in an entry's `made.contact.token` (T1). */
  token: 'zvonok-token',
  epoch: 'zvonok-epoch',
  protocol: 'zvonok-protocol',
} as const
