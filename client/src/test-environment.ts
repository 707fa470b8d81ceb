import { TestEnvironment } from 'jest-environment-jsdom'
import { webcrypto } from 'node:crypto'
import { TextDecoder, TextEncoder } from 'node:util'
import { BroadcastChannel } from 'node:worker_threads'

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
      BroadcastChannel,
    })
    Object.defineProperty(this.global, 'crypto', { value: webcrypto, configurable: true })
  }
}
