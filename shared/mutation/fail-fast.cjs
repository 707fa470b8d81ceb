const { TestEnvironment } = require('jest-environment-node')

/** One failed test is enough to notice a mutant: those after it are passed over. Jest itself stops between files only. */
module.exports = class FailFast extends TestEnvironment {
  #failed = false

  handleTestEvent(event) {
    if (event.name === 'test_fn_failure') this.#failed = true
    if (event.name === 'test_start' && this.#failed) event.test.mode = 'skip'
  }
}
