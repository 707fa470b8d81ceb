import { test } from '@playwright/test'
import { must } from 'shared/plain/must'
import { Device, tablet, type Screen } from './device'
import { duringLesson } from './school'
import { Stack } from './stack'

/** What each story of a file has to itself: a school and as many devices as it buys. */
export interface Story {
  /** The school's server; the mathematics lesson of 5А is going on there. */
  readonly stack: Stack
  newDevice(screen?: Screen): Promise<Device>
}

/** Devices for each test of the file, thrown away after it. */
export function devicesOfStory(): Story['newDevice'] {
  const devices: Device[] = []
  test.afterEach(async () => {
    for (const device of devices.splice(0)) await device.scrap()
  })
  return async (screen = tablet) => {
    const device = await Device.buy(screen)
    devices.push(device)
    return device
  }
}

/** A fresh school and devices for each test of the file. */
export function story(): Story {
  let stack: Stack | null = null
  test.beforeEach(async () => {
    stack = await Stack.start({ demo: 'fixture', clock: duringLesson })
  })
  test.afterEach(() => stack?.stop())
  return {
    get stack() {
      return must(stack, 'the school')
    },
    newDevice: devicesOfStory(),
  }
}
