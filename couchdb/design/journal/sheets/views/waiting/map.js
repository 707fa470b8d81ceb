// A1: sheets with entries that wait for a fact. The sweep judges them again when it arrives.
export default function (doc) {
  if (doc.waiting === true) emit('waiting', null)
}
