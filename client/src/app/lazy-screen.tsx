import { lazy, useState, type ComponentType } from 'react'

export interface LazyScreen<P> {
  Screen: ComponentType<P>
  /** Asks for the code, for whoever is going to need it. */
  load: () => Promise<unknown>
}

/**
 * A screen whose code comes when it is first asked for. Code that is here already is drawn at once: `lazy` alone would show
 * «Загрузка…» all the same, and React leaves such a stand-in on the screen for 300 ms before it shows what has come.
 */
export function lazyScreen<P extends object>(loadCode: () => Promise<ComponentType<P>>): LazyScreen<P> {
  let here: ComponentType<P> | null = null
  const load = async () => (here ??= await loadCode())
  const Later = lazy(async () => ({ default: await load() }))
  return {
    // Chosen once for as long as it stands: another component in its place would begin anew.
    Screen(props: P) {
      const [{ Shown }] = useState(() => ({ Shown: here ?? Later }))
      return <Shown {...props} />
    },
    load,
  }
}
