// Where a person is signed in: to list their sessions, and to end them all.
export default function (doc) {
  if (doc.type === 'session') emit(doc.person, null)
}
