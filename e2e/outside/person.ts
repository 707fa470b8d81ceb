import type { SessionReply } from 'shared/wire/session'

export interface SignInAs {
  url: string
  login: string
  password: string
  /** Names the device, and its session. */
  device: string
}

/** Somebody signed in to a running server, over its interface only: what they ask carries their cookie. */
export class Person {
  private constructor(
    readonly url: string,
    readonly session: SessionReply,
    readonly cookie: string,
  ) {}

  static async signIn({ url, login, password, device }: SignInAs): Promise<Person> {
    const reply = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, device: { id: device, name: device } }),
    })
    if (reply.status !== 200)
      throw new Error(`${login} cannot sign in: ${reply.status} ${await reply.text()}`)
    const cookie = reply.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    return new Person(url, (await reply.json()) as SessionReply, cookie)
  }

  /** `fetch` as this person's browser would do it: addresses from the server's root, and the cookie with them. */
  readonly fetch: typeof globalThis.fetch = (input: string | URL | Request, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', this.cookie)
    return fetch(new URL(input instanceof Request ? input.url : input, this.url), { ...init, headers })
  }

  /** Asks and reads JSON; throws on anything but success. */
  async ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const reply = await this.fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (reply.status === 204 ? null : await reply.json()) as T
  }
}
