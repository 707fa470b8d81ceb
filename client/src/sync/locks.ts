/** The browser's locks over all its tabs: shared with `shared`, else alone. */
export type WithLock = <T>(name: string, mode: 'exclusive' | 'shared', run: () => Promise<T>) => Promise<T>

export const browserLock: WithLock = (name, mode, run) =>
  navigator.locks.request(name, { mode }, run) as ReturnType<typeof run>
