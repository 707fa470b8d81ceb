import { createHmac } from 'node:crypto'
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
 * As the server's signer, with HMAC-SHA-256 in place of Ed25519: in a run nobody but the school makes or checks a
 * signature, and a curve would take a third of the time. What is signed, and that nothing else passes, is the same.
 */
export function quickSigner(): Signer {
  const seal = (rest: object) => createHmac('sha256', secret).update(canonicalJson(rest)).digest('base64url')
  const isSealed = ({ signature, ...rest }: { signature: string }) => seal(rest) === signature
  const short = (text: string) =>
    createHmac('sha256', `${secret}, briefly`).update(text).digest().subarray(0, 16).toString('base64url')
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
