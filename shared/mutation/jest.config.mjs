import jest from '../../jest.config.mjs'

const here = (file) => new URL(file, import.meta.url).pathname
const { displayName: _name, ...shared } = jest.projects.find(({ displayName }) => displayName === 'shared')

export default {
  ...shared,
  testMatch: [here('./all-tests.cjs')],
  setupFiles: [here('./few-runs.cjs')],
  testEnvironment: here('./fail-fast.cjs'),
}
