import { useId } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import styles from './field.module.css'
import { Icon } from './icons'

interface FieldProps {
  label: string
  description?: ReactNode
  problem?: string
  /** It is valid, but hardly what was meant. */
  hint?: string
  /** Shown beside the label, as Segment does. */
  isRequired?: boolean
}

type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'id'> & { isMono?: boolean }

export function TextField({ label, description, problem, hint, isRequired, isMono, ...props }: TextFieldProps) {
  const id = useId()
  return (
    <Field id={id} {...{ label, description, problem, hint, isRequired }}>
      <input
        id={id}
        className={`${styles.input} ${isMono ? styles.mono : ''}`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        aria-describedby={`${id}-description`}
        aria-invalid={problem !== undefined}
        aria-required={isRequired}
        {...props}
      />
    </Field>
  )
}

type TextAreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'id'>

export function TextArea({ label, description, problem, isRequired, ...props }: TextAreaProps): ReactNode {
  const id = useId()
  return (
    <Field id={id} {...{ label, description, problem, isRequired }}>
      <textarea
        id={id}
        className={styles.input}
        spellCheck={false}
        rows={3}
        aria-describedby={`${id}-description`}
        aria-invalid={problem !== undefined}
        {...props}
      />
    </Field>
  )
}

interface Choice {
  value: string
  label: string
}

type SelectFieldProps = FieldProps &
  Omit<ComponentProps<'select'>, 'id' | 'onChange'> & { choices: Choice[]; onChoose(value: string): void }

export function SelectField({ label, description, problem, choices, onChoose, ...props }: SelectFieldProps): ReactNode {
  const id = useId()
  return (
    <Field id={id} {...{ label, description, problem }}>
      <Select id={id} aria-describedby={`${id}-description`} {...{ choices, onChoose }} {...props} />
    </Field>
  )
}

type SelectProps = Omit<ComponentProps<'select'>, 'onChange'> & { choices: Choice[]; onChoose(value: string): void }

/** The browser's own list, which works with every keyboard and screen. */
export function Select({ choices, onChoose, ...props }: SelectProps): ReactNode {
  return (
    <select className={`${styles.input} ${styles.select}`} onChange={({ target }) => onChoose(target.value)} {...props}>
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

interface SearchFieldProps {
  label: string
  value: string
  onSearch(text: string): void
}

export function SearchField({ label, value, onSearch }: SearchFieldProps): ReactNode {
  return (
    <label className={styles.search}>
      <span className="visually-hidden">{label}</span>
      <Icon name="search" />
      <input
        type="search"
        className={styles.input}
        placeholder={label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onSearch(target.value)}
      />
    </label>
  )
}

function Field({
  id,
  label,
  description,
  problem,
  hint,
  isRequired,
  children
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <div>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {isRequired && <span className={styles.required}>Required</span>}
      </div>
      {children}
      <div id={`${id}-description`}>
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {hint && (
          <p className={styles.hint} role="status">
            {hint}
          </p>
        )}
        {description && <p className={styles.description}>{description}</p>}
      </div>
    </div>
  )
}
