// The sign-in of a person: to suspend it, or to set a new password.
export default function (doc) {
  if (doc.type === 'account') emit(doc.person, null)
}
