import jest from '../../jest.config.mjs'

const { displayName: _name, ...shared } = jest.projects.find(({ displayName }) => displayName === 'shared')

export default {
  ...shared,
  testMatch: [new URL('./all-tests.cjs', import.meta.url).pathname],
  setupFiles: [new URL('./few-runs.cjs', import.meta.url).pathname],
}
