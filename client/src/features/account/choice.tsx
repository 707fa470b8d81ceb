import { useId } from 'react'

interface Props<T extends string> {
  name: string
  options: readonly T[]
  chosen: T
  labels: Readonly<Record<T, string>>
  onChoose: (option: T) => void
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({ name, options, chosen, labels, onChoose }: Props<T>) {
  const group = useId()
  return (
    <fieldset className="account-choice">
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option} className="account-option">
          <input type="radio" name={group} checked={option === chosen} onChange={() => onChoose(option)} />
          <span>{labels[option]}</span>
        </label>
      ))}
    </fieldset>
  )
}
