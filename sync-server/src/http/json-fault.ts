const mostDepth = 32
const backslash = 92
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * What is wrong with a JSON text besides its grammar, before anything is built of it: too deep, a key twice (which one
 * counts depends on the reader), a key that reaches into an object's making. Null: nothing.
 */
export function jsonFault(text: string): string | null {
  // One set of keys for each open object, null for each open list.
  const open: (Set<string> | null)[] = []
  let expectsKey = false
  for (let i = 0; i < text.length; i++) {
    switch (text.charAt(i)) {
      case '{':
      case '[': {
        if (open.length === mostDepth) return `deeper than ${mostDepth}`
        const isObject = text[i] === '{'
        open.push(isObject ? new Set() : null)
        expectsKey = isObject
        break
      }
      case '}':
      case ']':
        open.pop()
        expectsKey = false
        break
      case ',':
        expectsKey = open.at(-1) instanceof Set
        break
      case '"': {
        const end = endOfString(text, i)
        if (expectsKey) {
          const fault = keyFault(text.slice(i, end + 1), open.at(-1) ?? new Set())
          if (fault) return fault
        }
        expectsKey = false
        i = end
      }
    }
  }
  return null
}

function keyFault(quoted: string, known: Set<string>): string | null {
  const key = unquote(quoted)
  if (key === null) return 'a broken key'
  if (forbiddenKeys.has(key)) return 'a forbidden key'
  if (known.has(key)) return 'a key twice'
  known.add(key)
  return null
}

function unquote(quoted: string): string | null {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return null
  }
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end)) return end
  }
  return text.length
}

// A quote after an odd number of backslashes belongs to its string.
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === backslash) before--
  return (at - before) % 2 === 1
}
