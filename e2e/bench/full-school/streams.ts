import { connect, type Socket } from 'node:net'

interface Listener {
  socket: Socket
  /** How many news it has had. */
  heard: number
}

const event = Buffer.from('event: news')

/** Many open streams of server-sent events on bare sockets: what listens must cost as little as it can. */
export class Streams {
  readonly #listeners: Listener[] = []
  #waiting: { left: number; from: number; resolve: () => void } | null = null

  constructor(
    readonly port: number,
    readonly path: string,
  ) {}

  /** Opens one for each cookie, and waits until each has heard its first news. */
  async open(cookies: readonly string[]): Promise<void> {
    for (const cookie of cookies) await this.#openOne(cookie)
  }

  #openOne(cookie: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: this.port })
      const listener: Listener = { socket, heard: 0 }
      this.#listeners.push(listener)
      socket.setNoDelay(true)
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('a stream ended')))
      socket.on('data', (chunk) => {
        let heard = 0
        for (let at = chunk.indexOf(event); at >= 0; at = chunk.indexOf(event, at + 1)) heard++
        if (heard === 0) return
        if (listener.heard === 0) resolve()
        listener.heard += heard
        const waiting = this.#waiting
        if (waiting && listener.heard - heard === waiting.from && --waiting.left === 0) waiting.resolve()
      })
      socket.write(
        `GET ${this.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nCookie: ${cookie}\r\n\r\n`,
      )
    })
  }

  /** Resolves when every stream has heard news from now on. Until then none may hear twice. */
  next(): Promise<void> {
    for (const listener of this.#listeners) listener.heard = 1
    return new Promise((resolve) => {
      this.#waiting = { left: this.#listeners.length, from: 1, resolve }
    })
  }

  close(): void {
    for (const { socket } of this.#listeners) {
      socket.removeAllListeners('close')
      socket.destroy()
    }
  }
}
