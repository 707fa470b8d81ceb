import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import type { Config } from '../config'

/** How long open requests may take to end when the server stops. */
const graceMs = 10_000
const sweepMs = 100

export interface Listening {
  /** The address to open on this machine. */
  url: string
  /** Takes no more requests, lets the open ones end, and is closed. */
  stop(): Promise<void>
}

export interface RenewalLog {
  /** A renewed certificate that cannot be used. */
  badCertificate(error: unknown): void
  noCertificate(): void
}

const silent: RenewalLog = { badCertificate() {}, noCertificate() {} }

/**
 * Listens, with TLS where there is a certificate; SIGHUP reads a renewed one, and one that cannot be used leaves the
 * former. Where there is none SIGHUP does nothing: nobody who reloads services means to end one. In a terminal it ends the
 * server still: there it says that the window was closed.
 */
export async function listen(
  app: Express,
  { tls, host, port }: Pick<Config, 'tls' | 'host' | 'port'>,
  log: RenewalLog = silent,
): Promise<Listening> {
  const read = (files: { cert: string; key: string }) => ({
    cert: readFileSync(files.cert),
    key: readFileSync(files.key),
  })
  const secure = tls ? createTlsServer(read(tls), app) : null
  const server: Server = secure ?? createServer(app)
  // A proxy keeps connections open for a minute: closing first would cost somebody a request.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const renew = () => {
    if (!tls || !secure) return log.noCertificate()
    try {
      secure.setSecureContext(read(tls))
    } catch (error) {
      log.badCertificate(error)
    }
  }
  if (tls || !process.stdin.isTTY) process.on('SIGHUP', renew)
  const { port: bound } = server.address() as AddressInfo
  const name = isWildcard(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${bound}`,
    stop: () => {
      process.off('SIGHUP', renew)
      return stop(server)
    },
  }
}

function stop(server: Server): Promise<void> {
  // Who always has something to say would go on saying it on a connection that is open: each reply is the last on its own.
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    // A connection whose request began before this is idle after its reply.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
  })
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** Whether only this machine reaches the address. */
export function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** Says why a fault of listening came about, for those an operator meets. */
export function listenFault(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program: set PORT to a free one.`
    case 'EACCES':
      return `This account may not listen on port ${port}: set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
      return `This machine does not have the address ${host}: set HOST to one that it has, or to 0.0.0.0.`
    default:
      return null
  }
}
