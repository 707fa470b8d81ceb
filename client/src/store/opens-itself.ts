import type { Keyring } from './keyring'

/** `yes` or `no`: tells nothing of anybody. */
const noteKey = 'zvonok-opens-itself'

/**
 * Whether somebody asked to be remembered on this device, before any database is opened: with a note that says yes all
 * that a journal needs is asked for at once, with one that says no the door stands in the first frame. The keyring is what
 * decides; a note that is lost or wrong costs time.
 */
export function opensItself(): boolean | null {
  const note = localStorage.getItem(noteKey)
  return note === null ? null : note === 'yes'
}

/** A keyring that leaves the note: never a «no» while somebody is remembered, whenever the device stops. */
export function noting(keyring: Keyring): Keyring {
  const note = (opens: boolean) => {
    try {
      localStorage.setItem(noteKey, opens ? 'yes' : 'no')
    } catch {
      // A full device: a note that is wrong costs time, and the keyring may well have taken what it says.
    }
  }
  return {
    ...keyring,
    create(login, password) {
      if (opensItself() === null) note(false)
      return keyring.create(login, password)
    },
    async remember(vault, master) {
      note(true)
      await keyring.remember(vault, master)
    },
    async remembered() {
      const found = await keyring.remembered()
      note(found !== null)
      return found
    },
    async forget() {
      await keyring.forget()
      note(false)
    },
  }
}
