import type { ReactNode } from 'react'
import type { Theme } from '../data/theme'
import { chooseTheme, useTheme } from '../data/theme'
import { IconButton } from '../ui/button'
import type { IconName } from '../ui/icons'
import { Icon } from '../ui/icons'

const THEMES: Record<Theme, { icon: IconName; next: Theme }> = {
  system: { icon: 'system', next: 'light' },
  light: { icon: 'sun', next: 'dark' },
  dark: { icon: 'moon', next: 'system' }
}

/** Goes through the themes in turn. */
export function ThemeButton(): ReactNode {
  const theme = useTheme()
  const { icon, next } = THEMES[theme]
  return (
    <IconButton label={`Theme: ${theme}. Switch to ${next}.`} onClick={() => chooseTheme(next)}>
      <Icon name={icon} />
    </IconButton>
  )
}
