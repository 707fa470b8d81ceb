/** Listens for «there is news» while there is a network; what the news are, a pull tells. */
export interface NewsStream {
  /** Connects where it is not connected: asked for after each sync that went well. */
  connect(): void
  close(): void
}

interface StreamParts {
  onNews(): void
  /** The server is in reach again. */
  onOpen(): void
  url?: string
  make?: (url: string) => EventSource
}

export function newsStream({
  onNews,
  onOpen,
  url = '/api/stream',
  make = (address) => new EventSource(address),
}: StreamParts): NewsStream {
  let source: EventSource | null = null
  let closed = false
  return {
    connect() {
      // The browser reconnects by itself unless the server refused: then a signed-in sync has to come first.
      if (closed || (source && source.readyState !== source.CLOSED)) return
      source?.close()
      source = make(url)
      source.addEventListener('open', onOpen)
      source.addEventListener('message', onNews)
      source.addEventListener('news', onNews)
    },
    close() {
      closed = true
      source?.close()
      source = null
    },
  }
}
