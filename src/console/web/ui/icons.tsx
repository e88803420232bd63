import type { ReactNode } from 'react'

/** Outlines on a grid of 16, drawn for this console. Decoration only: the control has a name of its own. */
const OUTLINES = {
  accounts: 'M3 13.5v-9l5-2 5 2v9M1.5 13.5h13M6 6.5h1M9 6.5h1M6 9.5h1M9 9.5h1',
  arrowDown: 'M3 6l5 5 5-5',
  arrowLeft: 'M10 3 5 8l5 5',
  arrowRight: 'M6 3l5 5-5 5',
  arrowUp: 'M3 10l5-5 5 5',
  catalog: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  connections: 'M2 8h3M11 8h3M5 4.5h6v7H5z',
  connectors: 'M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  debugger: 'M2 4h12M2 8h8M2 12h10',
  delivery: 'M2 13.5h12M4 11V8M8 11V3.5M12 11V6',
  destinations: 'M2 8h8M7 5l3 3-3 3M13.5 2.5v11',
  edit: 'M3 13l.5-3L11 2.5 13.5 5 6 12.5z',
  engage: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5.5A2.5 2.5 0 1 0 10.5 8M8 8l5.5-5.5',
  event: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  faults: 'M8 2 14.5 13.5h-13zM8 6.5v3.5M8 12v.2',
  guide: 'M3 2.5h8.5L13 4v9.5H3zM5.5 6h5M5.5 8.5h5M5.5 11h3',
  menu: 'M2 4h12M2 8h12M2 12h12',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M5 3l8 5-8 5z',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14',
  sources: 'M2.5 2.5v11M6 8h8M11 5l3 3-3 3',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  system: 'M2 3h12v8H2zM6 13.5h4',
  test: 'M6 2v4.5L2.5 13.5h11L10 6.5V2M5 2h6',
  trash: 'M3 4.5h10M6 4.5V2.5h4v2M4.5 4.5l.5 9h6l.5-9',
  users: 'M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM3 13.5a5 5 0 0 1 10 0'
} as const

export type IconName = keyof typeof OUTLINES

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={OUTLINES[name]} />
    </svg>
  )
}
