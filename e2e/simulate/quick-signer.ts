import { hash } from 'node:crypto'
import { canonicalJson } from 'shared/plain/hash'
import type { Signer } from '../../sync-server/src/journal/port'
import { makeSigner } from '../../sync-server/src/journal/signer'

// Fixed keys: the same seed must sign the same bytes.
const secret = 'a school of the simulation'
const key = 'MC4CAQAwBQYDK2VwBCIEIGGwpcgrOlaE8LPjve8kS_bpm6aC4iBHMcRVaGyimg3s'

/** The server's own signer with a fixed key. */
export function fixedSigner(): Signer {
  return makeSigner(key)
}

/**
 * As the server's signer, with SHA-256 of a secret and the text in place of Ed25519: in a run nobody but the school makes
 * or checks a signature, and a curve would take a third of the time. What is signed, and that nothing else passes, is the
 * same.
 */
export function quickSigner(): Signer {
  const sealText = (text: string) => hash('sha256', `${secret}, ${text}`, 'base64url')
  const seal = (rest: object) => sealText(canonicalJson(rest))
  const isSealed = ({ signature, ...rest }: { signature: string }) => seal(rest) === signature
  // A token and a proof are 16 bytes, as those of the real signer.
  const short = (text: string) => sealText(`briefly ${text}`).slice(0, 22)
  return {
    key: '',
    signReceipts: (receipts) => receipts.map((receipt) => ({ ...receipt, signature: seal(receipt) })),
    isSignedReceipt: isSealed,
    signAnchor: (anchor) => ({ ...anchor, signature: seal(anchor) }),
    isSignedAnchor: isSealed,
    timeToken: (time) => short(`time ${time}`),
    isTimeToken: (time, token) => short(`time ${time}`) === token,
    proofOf: (text) => short(`text ${text}`),
  }
}
