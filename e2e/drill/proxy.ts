import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Towards the server, or back from it. */
export type Way = 'up' | 'down'

/** What the network does to every connection, those that are open among them, until told otherwise. */
export type Fault =
  | { is: 'none' }
  /** Every piece comes so many ms later, each way. */
  | { is: 'latency'; ms: number }
  /** After so many more bytes this way the connection ends, as if the other side had closed it in mid-sentence. */
  | { is: 'cut'; way: Way; after: number }
  /** After so many more bytes this way both sides get a reset. */
  | { is: 'reset'; way: Way; after: number }
  /** The far side is gone and nobody tells the near one: nothing comes any more, and nothing says so. */
  | { is: 'half-open' }
  /** Nothing gets through this way. TCP goes on trying: what was sent arrives when the hole closes. */
  | { is: 'black-hole'; way: Way | 'both' }

export interface Target {
  host: string
  port: number
}

/**
 * A network of our own between devices and a server, or a server and its store: TCP, so it knows nothing of what passes.
 * In process, because a kernel that shapes traffic (netem) is not to be had in a plain container.
 */
export class FaultProxy {
  readonly #server: Server
  readonly #links = new Set<Link>()
  #fault: Fault = { is: 'none' }
  /** Where new connections go. */
  target: Target

  private constructor(target: Target) {
    this.target = target
    // A side that has said all it has to say may still listen.
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#join(near))
  }

  static async to(target: Target, port = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject)
      proxy.#server.listen(port, '127.0.0.1', resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get fault(): Fault {
    return this.#fault
  }

  /** Connections that stand. */
  get open(): number {
    return this.#links.size
  }

  set fault(fault: Fault) {
    this.#fault = fault
    for (const link of this.#links) link.meet(fault)
  }

  /** Breaks every connection that stands, once. */
  cut(): void {
    for (const link of this.#links) link.end('reset')
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(near: Socket): void {
    const far = connect({ ...this.target, allowHalfOpen: true })
    const link = new Link(near, far, () => this.#links.delete(link))
    this.#links.add(link)
    link.meet(this.#fault)
  }
}

/** One connection through the proxy. */
class Link {
  #fault: Fault = { is: 'none' }
  /** Bytes that have passed since the fault began. */
  #passed = { up: 0, down: 0 }
  #wake: (() => void)[] = []
  #ended = false
  readonly #near: Socket
  readonly #far: Socket
  readonly #forget: () => void

  constructor(near: Socket, far: Socket, forget: () => void) {
    this.#near = near
    this.#far = far
    this.#forget = forget
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.end('reset'))
    }
    near.on('close', () => this.end('close'))
    // One that lost its far side in a fault stays as it is: that is the fault.
    far.on('close', () => this.#fault.is !== 'half-open' && this.end('close'))
    void this.#carry('up', near, far)
    void this.#carry('down', far, near)
  }

  meet(fault: Fault): void {
    const wasHalf = this.#fault.is === 'half-open'
    this.#fault = fault
    this.#passed = { up: 0, down: 0 }
    if (fault.is === 'half-open') this.#far.destroy()
    // The network is back, and the near side hears at last that nobody is there.
    else if (wasHalf) this.end('reset')
    for (const wake of this.#wake.splice(0)) wake()
  }

  end(how: 'reset' | 'close'): void {
    if (this.#ended) return
    this.#ended = true
    for (const socket of [this.#near, this.#far]) {
      // Node cannot reset what is saying its last word (EINVAL): the handle stays, and a process with it.
      if (how === 'reset' && !socket.destroyed && !socket.writableEnded) socket.resetAndDestroy()
      else socket.destroy()
    }
    this.#forget()
    for (const wake of this.#wake.splice(0)) wake()
  }

  async #carry(way: Way, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        const { fault, piece } = await this.#let(way, chunk)
        if (this.#ended) return
        this.#passed[way] += piece.length
        if (piece.length > 0) await new Promise<void>((done) => to.write(piece, () => done()))
        if (fault !== null) return this.end(fault)
      }
      await this.#let(way, Buffer.alloc(0))
      if (!this.#ended && this.#fault.is !== 'half-open') to.end()
    } catch {
      // A socket that breaks under the loop tells so by its own error.
    }
  }

  /** Waits as the fault asks; then what of the piece may pass, and how the connection ends after it. */
  async #let(way: Way, chunk: Buffer): Promise<{ piece: Buffer; fault: 'reset' | 'close' | null }> {
    while (!this.#ended) {
      const fault = this.#fault
      switch (fault.is) {
        case 'none':
          return { piece: chunk, fault: null }
        case 'latency':
          await new Promise((resolve) => setTimeout(resolve, fault.ms))
          return { piece: chunk, fault: null }
        case 'cut':
        case 'reset': {
          const left = fault.after - this.#passed[way]
          if (fault.way !== way || chunk.length < left) return { piece: chunk, fault: null }
          return { piece: chunk.subarray(0, left), fault: fault.is === 'cut' ? 'close' : 'reset' }
        }
        case 'black-hole':
          if (fault.way !== way && fault.way !== 'both') return { piece: chunk, fault: null }
          await new Promise<void>((resolve) => this.#wake.push(resolve))
          break
        case 'half-open':
          await new Promise<void>((resolve) => this.#wake.push(resolve))
      }
    }
    return { piece: Buffer.alloc(0), fault: null }
  }
}
