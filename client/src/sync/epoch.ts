import type { DeviceStore } from './ports'

/**
 * Takes note of the store's epoch (O3). Another one than before means that the store was set back: everything that was
 * ever sent is offered again. It is marked first, so that a device that stops here begins again.
 */
export async function noteEpoch(device: DeviceStore, epoch: string): Promise<void> {
  const known = await device.epoch()
  if (known === epoch) return
  const hasSent = (await device.sent(0, 1)).length > 0
  if (hasSent) await device.setOffering(0)
  await device.setEpoch(epoch)
}
