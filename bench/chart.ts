import { describeThreshold, describeValue, verdictOn } from './figure'
import type { Figure } from './figure'

const WIDTH = 860
const ROW = 44
const LABEL = 16
/** How many thresholds wide the bars' area is. */
const SPAN = 2

/** Draws each value as a bar whose threshold is the line in the middle, readable on light and dark pages. */
export function chart(figures: Figure[]): string {
  const height = figures.length * ROW + 34
  const middle = WIDTH / SPAN
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Measured values against their thresholds" font-family="system-ui, sans-serif" font-size="13">
  <style>
    text { fill: #1f2328 } .bar { fill: #3b82c4 } .FAIL { fill: #cf222e } .line { stroke: #6e7781 }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #58a6ff } .line { stroke: #9198a1 } }
  </style>
${figures.map((figure, index) => rowOf(figure, index * ROW)).join('\n')}
  <line class="line" x1="${middle}" x2="${middle}" y1="0" y2="${figures.length * ROW}" stroke-dasharray="4 3" />
  <text x="${middle}" y="${height - 12}" text-anchor="middle">threshold</text>
</svg>
`
}

function rowOf(figure: Figure, y: number): string {
  const bound = 'atMost' in figure.threshold ? figure.threshold.atMost : figure.threshold.atLeast
  const width = Math.min(WIDTH, (figure.value / bound / SPAN) * WIDTH)
  const verdict = verdictOn(figure)
  const text = `${figure.name}: ${describeValue(figure)} (${describeThreshold(figure)}) ${verdict}`
  return `  <text x="0" y="${y + LABEL}">${escape(text)}</text>
  <rect class="bar ${verdict === 'FAIL' ? 'FAIL' : ''}" x="0" y="${y + LABEL + 6}" width="${width.toFixed(1)}" height="12" rx="2" />`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
