import { lazy, useState, type ComponentType } from 'react'

export interface LazyScreen<P> {
  Screen: ComponentType<P>
  /** Asks for the code, for whoever is going to need it. */
  load: () => Promise<unknown>
  /** After a failure was shown: the next time that the screen is to be drawn, its code is asked for again. */
  renew: () => void
}

/**
 * A screen whose code comes when it is first asked for. Code that is here already is drawn at once: `lazy` alone would show
 * «Загрузка…» all the same, and React leaves such a stand-in on the screen for 300 ms before it shows what has come.
 */
export function lazyScreen<P extends object>(loadCode: () => Promise<ComponentType<P>>): LazyScreen<P> {
  let here: ComponentType<P> | null = null
  const load = async () => (here ??= await loadCode())
  let failed = false
  // React keeps the failure of one of these for good; and must, or it would ask again and again.
  const whenLoaded = () =>
    lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        failed = true
        throw error
      }
    })
  let Later = whenLoaded()
  return {
    // Chosen once for as long as it stands: another component in its place would begin anew.
    Screen(props: P) {
      const [{ Shown }] = useState(() => ({ Shown: here ?? Later }))
      return <Shown {...props} />
    },
    load,
    renew() {
      if (!failed) return
      failed = false
      Later = whenLoaded()
    },
  }
}
