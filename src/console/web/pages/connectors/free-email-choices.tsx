import type { ReactNode } from 'react'
import type { FreeEmailChoice } from '../../../server/api'
import { ChoiceCards } from '../../ui/choice-cards'

interface FreeEmailChoicesProps {
  value: FreeEmailChoice
  onChoose(choice: FreeEmailChoice): void
}

export function FreeEmailChoices({ value, onChoose }: FreeEmailChoicesProps): ReactNode {
  return (
    <ChoiceCards
      legend="Users with free email providers"
      value={value}
      onChoose={onChoose}
      choices={[
        {
          value: 'allow',
          title: 'Allow',
          description: 'Users with addresses such as name@gmail.com become Users in Astrolabe, like all others.'
        },
        {
          value: 'block',
          title: 'Block',
          description:
            'Their messages are accepted, but make no User and no event. The connector lists each of them as blocked.'
        }
      ]}
    />
  )
}
