import { useId } from 'react'
import type { ReactNode } from 'react'
import { useGuideStep } from '../../data/use-api'
import { Button, CopyButton } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { FormActions } from '../../ui/form'
import styles from './key-dialog.module.css'

interface KeyDialogProps {
  apiKey: string
  onClose(): void
}

/** The only place that shows a key. */
export function KeyDialog({ apiKey, onClose }: KeyDialogProps): ReactNode {
  const report = useGuideStep()
  const id = useId()
  return (
    <Dialog
      title="API key"
      description="Copy the key now and paste it in Segment, in the settings of the Astrolabe destination. It is not shown again; if you lose it, roll the key."
      onClose={onClose}
    >
      <div>
        <p id={id} className={styles.label}>
          Your Astrolabe API key
        </p>
        <p className={styles.key} aria-labelledby={id} role="group" data-testid="api-key">
          {apiKey}
        </p>
      </div>
      <FormActions>
        <CopyButton label="Copy API key" text={apiKey} onCopied={() => report('copy-api-key')} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </FormActions>
    </Dialog>
  )
}
