import { TestEnvironment } from 'jest-environment-jsdom'
import { webcrypto } from 'node:crypto'
import { TextDecoder, TextEncoder } from 'node:util'

/** jsdom without what it lacks of a browser: text encoding, structured clone, WebCrypto, locks. */
export default class BrowserLikeEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup()
    Object.assign(this.global, { TextEncoder, TextDecoder, structuredClone, Uint8Array, ArrayBuffer })
    Object.defineProperty(this.global, 'crypto', { value: webcrypto, configurable: true })
  }
}
