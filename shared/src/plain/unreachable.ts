/** The compiler refuses a call that could be reached: a union has grown and a switch has not. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
