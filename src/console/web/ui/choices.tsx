import * as Switch from '@radix-ui/react-switch'
import { useId } from 'react'
import type { ReactNode } from 'react'
import type { GuideStepId } from '../../server/api'
import styles from './choices.module.css'

interface ChoiceCardsProps<Value extends string> {
  legend: string
  choices: { value: Value; title: string; description?: ReactNode }[]
  value: Value | undefined
  onChoose(value: Value): void
  /** The step of the guide that they are the control of. */
  guide?: GuideStepId
}

/** One of a few, each with a sentence of its own. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>): ReactNode {
  const { legend, choices, value, onChoose, guide } = props
  const id = useId()
  return (
    <fieldset data-guide={guide}>
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

interface CheckCardsProps {
  legend: string
  choices: { value: string; title: string }[]
  chosen: string[]
  onChoose(values: string[]): void
  /** Shown if there are no choices. */
  empty: ReactNode
}

/** Any number of a few. */
export function CheckCards({ legend, choices, chosen, onChoose, empty }: CheckCardsProps): ReactNode {
  return (
    <fieldset>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.cards}>
        {choices.length === 0 && empty}
        {choices.map(({ value, title }) => (
          <label key={value} className={styles.card}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChoose(target.checked ? [...chosen, value] : chosen.filter((other) => other !== value))
              }
            />
            <bdi className={styles.title}>{title}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface ToggleProps {
  label: string
  description?: ReactNode
  isOn: boolean
  isDisabled?: boolean
  onToggle(isOn: boolean): void
  /** The step of the guide that it is the control of. */
  guide?: GuideStepId
}

export function Toggle({ label, description, isOn, isDisabled, onToggle, guide }: ToggleProps): ReactNode {
  const id = useId()
  return (
    <div className={styles.toggle} data-guide={guide}>
      <BareToggle {...{ id, isOn, isDisabled, onToggle }} describedBy={`${id}-description`} />
      <div>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        <p id={`${id}-description`} className={styles.description}>
          {description}
        </p>
      </div>
    </div>
  )
}

type BareToggleProps = Omit<ToggleProps, 'label' | 'description' | 'guide'> & {
  id?: string
  label?: string
  describedBy?: string
}

/** Without a visible label, for a row of a list that says what it is for. */
export function BareToggle({ id, label, describedBy, isOn, isDisabled, onToggle }: BareToggleProps): ReactNode {
  return (
    <Switch.Root
      id={id}
      className={styles.switch}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onToggle}
      aria-label={label}
      aria-describedby={describedBy}
    >
      <Switch.Thumb className={styles.thumb} />
    </Switch.Root>
  )
}
