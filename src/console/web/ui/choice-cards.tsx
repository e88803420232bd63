import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './choice-cards.module.css'

interface ChoiceCardsProps<Value extends string> {
  legend: string
  choices: { value: Value; title: string; description?: ReactNode }[]
  value: Value | undefined
  onChoose(value: Value): void
}

/** One of a few, each with a sentence of its own. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>): ReactNode {
  const { legend, choices, value, onChoose } = props
  const id = useId()
  return (
    <fieldset>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.cards}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.card}>
            <input
              type="radio"
              name={id}
              checked={choice.value === value}
              aria-labelledby={`${id}-${choice.value}`}
              aria-describedby={`${id}-${choice.value}-description`}
              onChange={() => onChoose(choice.value)}
            />
            <span>
              <bdi id={`${id}-${choice.value}`} className={styles.title}>
                {choice.title}
              </bdi>
              <span id={`${id}-${choice.value}-description`} className={styles.description}>
                {choice.description}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
