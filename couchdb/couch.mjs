/** One CouchDB, asked as one account. */
export class Couch {
  #address
  #headers

  constructor(address) {
    const { protocol, host, pathname, username, password } = new URL(address)
    this.username = decodeURIComponent(username)
    this.password = decodeURIComponent(password)
    this.#address = `${protocol}//${host}${pathname.replace(/\/$/, '')}`
    const credentials = Buffer.from(`${this.username}:${this.password}`).toString('base64')
    this.#headers = { authorization: `Basic ${credentials}`, 'content-type': 'application/json' }
  }

  get url() {
    const [protocol, rest] = this.#address.split('//')
    return `${protocol}//${encodeURIComponent(this.username)}:${encodeURIComponent(this.password)}@${rest}`
  }

  /** The address of a database, account and all. */
  at(database) {
    return `${this.url}/${database}`
  }

  /** The same CouchDB, as another account. */
  as(username, password) {
    const [protocol, rest] = this.#address.split('//')
    return new Couch(`${protocol}//${encodeURIComponent(username)}:${encodeURIComponent(password)}@${rest}`)
  }

  /** The answer, whatever it is. */
  async try(method, path, body) {
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      headers: this.#headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error) => {
      throw new Error(
        `CouchDB at ${this.#address} cannot be reached: ${error.cause?.message ?? error.message}`,
      )
    })
    return { status: answer.status, body: await answer.json().catch(() => null) }
  }

  /** The answer, where it is yes. */
  async ask(method, path, body) {
    const { status, body: answer } = await this.try(method, path, body)
    if (status < 300) return answer
    throw new Error(
      `CouchDB says no to ${method} ${path} by ${this.username || 'nobody'}: ${status} ${answer?.reason ?? ''}`,
    )
  }

  /** Creates a database where it is missing; tells whether it was. */
  async ensure(path) {
    const { status, body } = await this.try('PUT', path)
    if (status === 412) return false
    if (status >= 300) throw new Error(`CouchDB did not create ${path}: ${status} ${body?.reason ?? ''}`)
    return true
  }
}
