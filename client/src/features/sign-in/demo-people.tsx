import { useEffect, useState } from 'react'
import type { DemoReply } from 'shared/wire/health'
import { signInTexts } from '../../text/sign-in'
import { useText } from '../../text/text'

type Person = DemoReply[number]

/** Who may sign in at the demo school, quietly below the form. Nothing at all in a real one. */
export function DemoPeople({
  load,
  onChoose,
}: {
  load: () => Promise<DemoReply | null>
  onChoose: (person: Person) => void
}) {
  const text = useText(signInTexts)
  const [people, setPeople] = useState<DemoReply>([])
  useEffect(() => {
    let open = true
    load().then(
      (found) => open && setPeople(found ?? []),
      // No answer is an answer: then there is no demo here.
      () => {},
    )
    return () => {
      open = false
    }
  }, [load])
  if (people.length === 0) return null
  return (
    <section className="sign-in-demo" aria-labelledby="sign-in-demo">
      <h2 id="sign-in-demo">{text.demo}</h2>
      <p className="sign-in-hint">{text.demoHint}</p>
      <ul>
        {people.map((person) => (
          <li key={person.login}>
            <button type="button" onClick={() => onChoose(person)}>
              <span className="sign-in-demo-name">{person.name}</span>{' '}
              <span className="sign-in-demo-roles">
                {person.roles.map((role) => text.demoRoles[role]).join(', ')}
              </span>{' '}
              {person.note && <span className="sign-in-demo-note">{person.note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
