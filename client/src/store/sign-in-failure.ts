/**
 * Why nobody was signed in, each with its own sentence on the screen. `never-worked-here-offline`: there is no network,
 * and this person has never opened their journal on this device. `offline`: there is no network, and it was needed.
 */
export type SignInFailure =
  | 'wrong-login'
  | 'too-many-tries'
  | 'never-worked-here-offline'
  | 'offline'
  | 'no-crypto'
  | 'storage'
  | 'server'

/** `retryAfter`: seconds until the next try counts, where the server told. */
export type SignInResult = { ok: true } | { ok: false; why: SignInFailure; retryAfter?: number }

/** Opens a person's journal on this device, with the network or without. `remember`: stays open until sign-out. */
export type SignInWith = (login: string, password: string, remember: boolean) => Promise<SignInResult>
