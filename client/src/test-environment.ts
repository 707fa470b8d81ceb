import { TestEnvironment } from 'jest-environment-jsdom'
import { webcrypto } from 'node:crypto'
import { TextDecoder, TextEncoder } from 'node:util'
import { BroadcastChannel } from 'node:worker_threads'

// A page that a test left open must not keep the test run alive.
class PassingChannel extends BroadcastChannel {
  constructor(name: string) {
    super(name)
    this.unref()
  }
}

/** jsdom without what it lacks of a browser: text encoding, structured clone, WebCrypto, messages between tabs. */
export default class BrowserLikeEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup()
    Object.assign(this.global, {
      TextEncoder,
      TextDecoder,
      structuredClone,
      Uint8Array,
      ArrayBuffer,
      BroadcastChannel: PassingChannel,
    })
    Object.defineProperty(this.global, 'crypto', { value: webcrypto, configurable: true })
  }
}
