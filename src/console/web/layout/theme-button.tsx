import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icons'
import type { IconName } from '../ui/icons'

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

type Theme = 'system' | 'light' | 'dark'

const THEMES: Record<Theme, { icon: IconName; next: Theme }> = {
  system: { icon: 'system', next: 'light' },
  light: { icon: 'sun', next: 'dark' },
  dark: { icon: 'moon', next: 'system' }
}

const KEY = 'theme'
const listeners = new Set<() => void>()

/** The theme that was chosen in this browser. `public/theme.js` applies it before the first paint. */
function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => {
    const { theme } = document.documentElement.dataset
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  })
}

function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(KEY, theme)
    document.documentElement.dataset.theme = theme
  }
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
