import * as fc from 'fast-check'

/** How many examples a law meets. Mutation runs say fewer by `fc.configureGlobal`: they ask it a thousand times over. */
export function examples(full: number): { numRuns: number } {
  return { numRuns: fc.readConfigureGlobal().numRuns ?? full }
}
