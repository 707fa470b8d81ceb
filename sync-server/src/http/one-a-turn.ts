import type { RequestHandler } from 'express'

/**
 * Lets requests in one by one, and looks between two of them for what else has come. A thousand that arrive in one moment
 * would otherwise be opened in one go, and a push behind them wait for all.
 */
export function oneATurn(): RequestHandler {
  const waiting: (() => void)[] = []
  const letIn = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(letIn)
  }
  return (_req, _res, next) => {
    waiting.push(next)
    if (waiting.length === 1) setImmediate(letIn)
  }
}
