import { setImmediate as turn } from 'node:timers/promises'
import type { SheetDocument } from 'shared/journal/document'
import { project } from 'shared/journal/project'
import type { Directory } from 'shared/people/directory'
import { isStaff, readsAll, type Viewer } from 'shared/people/viewer'
import { isDirectorySheet, type DirectoryCache } from '../cache/directory-cache'
import { isHeld, scopedAt, type Scoped } from '../cache/scopes'
import type { JournalLog } from '../journal/journal-log'
import type { Schedule } from '../journal/schedule'
import type { Ticks } from '../journal/ticks'
import { viewersOf } from '../journal/viewers'
import type { Store } from '../store/store'

/** After news was told, more of it gathers so long (ms): the first mark of a class is heard at once, the others together. */
const gather = 250
const mostRemembered = 20_000

export interface NewsDeps {
  store: Pick<Store<SheetDocument>, 'info' | 'get' | 'follow'>
  directory: DirectoryCache
  now: () => number
  ticks: Ticks
  schedule: Schedule
  log: JournalLog
}

interface Listener {
  person: string
  onNews: () => void
  /** While news gathers. */
  cancel: (() => void) | null
  /** Something came while it gathered. */
  more: boolean
  /** Known as staff when the directory was last looked into for them. */
  isStaff: boolean
  /** A family's scope as it was told of last: a directory that changes elsewhere is no news to it. */
  scope: string
}

/**
 * Tells people that something in their scope may have changed: one following of the store for all of them. A family is
 * told only where something that it sees has changed (P-4).
 */
export class News {
  readonly #deps: NewsDeps
  readonly #listeners = new Set<Listener>()
  /** Up to which version families have been told about a sheet. */
  readonly #told = new Map<string, number>()
  /** The version from which on families are told. */
  #since = 0
  #unfollow: (() => void) | null = null
  #starting = false

  constructor(deps: NewsDeps) {
    this.#deps = deps
  }

  follow(person: string, onNews: () => void): () => void {
    const listener: Listener = { person, onNews, cancel: null, more: false, isStaff: false, scope: '' }
    this.#listeners.add(listener)
    void this.#start()
    void this.#noteScope(listener)
    return () => {
      listener.cancel?.()
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  // Where it cannot be read now, the first change of the directory tells once too often.
  async #noteScope(listener: Listener): Promise<void> {
    try {
      const directory = await this.#deps.directory.current()
      listener.isStaff = isStaff(viewersOf(directory).at(listener.person, this.#deps.now()))
      this.#isScopeNew(listener, directory)
    } catch {
      this.#deps.log.warn({}, 'the directory cannot be read; news are told where there may be none')
    }
  }

  close(): void {
    for (const listener of this.#listeners) listener.cancel?.()
    this.#listeners.clear()
    this.#stop()
  }

  async #start(): Promise<void> {
    if (this.#unfollow || this.#starting) return
    this.#starting = true
    const { store, ticks, log } = this.#deps
    try {
      this.#since = await ticks.next()
      const { seq } = await store.info()
      if (this.#listeners.size === 0) return
      this.#unfollow = store.follow(seq, (ids) => void this.#announce(ids))
      // What changed while this began went unheard.
      for (const listener of this.#listeners) this.#tell(listener)
    } catch {
      log.warn({}, 'the store cannot be followed; devices still pull every minute')
    } finally {
      this.#starting = false
    }
  }

  #stop(): void {
    this.#unfollow?.()
    this.#unfollow = null
    this.#told.clear()
  }

  async #announce(ids: readonly string[]): Promise<void> {
    try {
      const isDirectory = ids.some(isDirectorySheet)
      // Few people keep a directory, so staff look whenever it changes, and nothing has to be worked out before they hear.
      if (isDirectory) {
        for (const listener of this.#listeners) if (listener.isStaff) this.#tell(listener)
        // What was written leaves when this turn ends: before a large directory is put together, not after.
        await turn()
      }
      const directory = await this.#deps.directory.current()
      const families = new Map<Listener, Viewer>()
      const viewers = viewersOf(directory)
      const now = this.#deps.now()
      for (const listener of this.#listeners) {
        const viewer = viewers.at(listener.person, now)
        const wasStaff = listener.isStaff
        listener.isStaff = isStaff(viewer)
        if (isDirectory && listener.isStaff) {
          listener.scope = ''
          if (!wasStaff) this.#tell(listener)
          continue
        }
        // Asked of every family, also of those who are about to be told: what it was is remembered.
        const isScopeNew = isDirectory && this.#isScopeNew(listener, directory)
        if (listener.more) continue
        if (isScopeNew) this.#tell(listener)
        else if (!readsAll(viewer) && !ids.some((id) => isHeld(id, this.#scoped(listener, directory))))
          continue
        else if (isStaff(viewer) && viewer.children.length === 0) this.#tell(listener)
        else families.set(listener, viewer)
      }
      await this.#tellFamilies(ids, families, directory)
    } catch {
      this.#deps.log.warn({}, 'news were not announced; devices still pull every minute')
    }
  }

  #scoped({ person }: Listener, directory: Directory): Scoped {
    return scopedAt(directory, person, this.#deps.now())
  }

  #isScopeNew(listener: Listener, directory: Directory): boolean {
    const before = listener.scope
    listener.scope = this.#scoped(listener, directory).hash
    return listener.scope !== before
  }

  async #tellFamilies(
    ids: readonly string[],
    families: Map<Listener, Viewer>,
    directory: Directory,
  ): Promise<void> {
    if (families.size === 0) return
    const documents = await this.#deps.store.get(ids)
    for (const { doc } of documents.values()) {
      const before = this.#told.get(doc._id) ?? this.#since
      for (const [listener, viewer] of families) {
        if ((project(doc, viewer, directory)?.version ?? 0) > before) this.#tell(listener)
      }
      if (this.#told.size >= mostRemembered) this.#told.clear()
      this.#told.set(doc._id, doc.version)
    }
  }

  #tell(listener: Listener): void {
    if (listener.cancel) {
      listener.more = true
      return
    }
    listener.cancel = this.#deps.schedule(gather, () => {
      listener.cancel = null
      if (!listener.more) return
      listener.more = false
      this.#tell(listener)
    })
    listener.onNews()
  }
}
