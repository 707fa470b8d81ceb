/** The database with the keys of all people on this device. Known before the code that opens it is there. */
export const keyringName = 'zvonok-keyring'
