import { readFileSync } from 'node:fs'
import { leastPassword } from 'shared/wire/session'
import { weakPassword, type Refused } from '../http/errors'
import { plainLogin } from './documents'

// The 3,000 most common of eight characters and more (zxcvbn, MIT licence), and what Russian schools add to them.
let common: Set<string> | null = null

function isCommon(password: string): boolean {
  common ??= new Set(readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8').split('\n'))
  const plain = password.toLowerCase()
  // «Солнышко1!» is «солнышко» to whoever guesses.
  return common.has(plain) || common.has(plain.replace(/[^\p{L}]+$/u, ''))
}

/** Why this cannot be the person's password, or null. */
export function passwordFault(password: string, login: string): Refused | null {
  if (Array.from(password).length < leastPassword)
    return weakPassword(`At least ${leastPassword} characters.`)
  if (isCommon(password)) return weakPassword('Among the passwords that are tried first.')
  const name = plainLogin(login)
  if (name.length >= 4 && password.toLowerCase().includes(name)) return weakPassword('It contains the login.')
  if (new Set(password).size < 4) return weakPassword('Fewer than four different characters.')
  return null
}
