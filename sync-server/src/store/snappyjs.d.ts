declare module 'snappyjs' {
  /** Throws where the bytes are no Snappy. */
  export function uncompress(packed: Buffer): Buffer
}
