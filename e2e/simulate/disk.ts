import { emptyDisk, memoryStorage, type Disk } from '../../client/src/store/memory-storage'
import type { JournalStorage } from '../../client/src/store/storage'

/** Where a device keeps a journal: outlives every death of the device. */
export interface DeviceDisk {
  open(): JournalStorage | Promise<JournalStorage>
  /** Everything that lies there now, for the checks. */
  read(): Disk | Promise<Disk>
  /** The device dies: nobody writes through what was open any more. */
  cut(): void
}

/** A disk in memory. */
export function memoryDisk(): DeviceDisk {
  const disk = emptyDisk()
  return { open: () => memoryStorage(disk), read: () => disk, cut: () => {} }
}
