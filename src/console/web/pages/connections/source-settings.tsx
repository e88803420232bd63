import { useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Source } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card } from '../../ui/page'
import { Banner } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import styles from './connections.module.css'

export function SourceSettings({ source: { id, name: saved } }: { source: Source }): ReactNode {
  const [name, setName] = useState(saved)
  const [isAsking, setIsAsking] = useState(false)
  const [, navigate] = useLocation()
  const save = useChange('PATCH /api/sources/:id')
  const remove = useChange('DELETE /api/sources/:id')
  const toast = useToast()
  const error = save.error ?? remove.error
  return (
    <div className={styles.settings}>
      <Card title="Basic settings">
        <Form
          onSubmit={() =>
            save.mutate({ params: { id }, body: { name: name.trim() } }, { onSuccess: () => toast('Source saved.') })
          }
        >
          <TextField
            label="Source name"
            value={name}
            maxLength={100}
            onChange={({ target }) => setName(target.value)}
          />
          {error && <Banner kind="bad">{error.message}</Banner>}
          <FormActions
            apart={
              <Button look="danger" onClick={() => setIsAsking(true)}>
                Delete source
              </Button>
            }
          >
            <Button type="submit" look="primary" disabled={name.trim() === '' || name.trim() === saved}>
              Save
            </Button>
          </FormActions>
        </Form>
      </Card>
      {isAsking && (
        <ConfirmDialog
          title="Delete this source?"
          description="Its write key stops working, and its destinations no longer receive events."
          action="Delete source"
          onConfirm={() => remove.mutate({ params: { id } }, { onSuccess: () => navigate('/connections/sources') })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}
