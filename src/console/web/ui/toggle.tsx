import * as Switch from '@radix-ui/react-switch'
import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './toggle.module.css'

interface ToggleProps {
  label: string
  description?: ReactNode
  isOn: boolean
  isDisabled?: boolean
  onToggle(isOn: boolean): void
}

export function Toggle({ label, description, isOn, isDisabled, onToggle }: ToggleProps): ReactNode {
  const id = useId()
  return (
    <div className={styles.row}>
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

type BareToggleProps = Omit<ToggleProps, 'label' | 'description'> & {
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
