/** How often a line sends its request, and the arguments with which curl then shows less of each response. */
export interface Repetition {
  times: number
  show: string
}

interface CurlRequest {
  url: string
  body: string
  /** The arguments that authenticate it, in shell's spelling. */
  credentials: string
  /** Milliseconds. */
  timeLimit: number
}

/** A longer body is written by awk, because few terminals take such a line. */
const MAX_BODY = 4000

/** A line for a POSIX shell that sends a request with curl and prints the response. A key in it is a variable. */
export function curlLine({ url, body, credentials, timeLimit }: CurlRequest, repetition?: Repetition): string {
  const isLong = body.length > MAX_BODY
  const curl = [
    'curl -sS --http1.1',
    `-m ${timeLimit / 1000}`,
    repetition?.show ?? '-i',
    ...(credentials ? [credentials] : []),
    "-H 'content-type: application/json'",
    isLong ? '--data-binary @-' : `-d ${quote(body)}`,
    // curl repeats a range, and sends no fragment.
    quote(repetition ? `${url}#[1-${repetition.times}]` : url)
  ].join(' ')
  return isLong ? `awk ${quote(awkProgram(body))} | ${curl}` : curl
}

/** As one argument of a shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A program that prints a text. */
function awkProgram(text: string): string {
  return `function r(s,n){return n<1?"":n%2?s r(s,n-1):r(s s,n/2)}BEGIN{ORS="";print ${awkExpression(text)}}`
}

/** What repeats in a text. A test message has its padding, and a batch has its messages. */
const REPEATED = /(.{1,5000}?)\1{15,}/

function awkExpression(text: string): string {
  const found = REPEATED.exec(text)
  if (!found) {
    return `"${text.replace(/[\\"]/g, String.raw`\$&`)}"`
  }
  const [run, unit] = found
  const parts = [text.slice(0, found.index), text.slice(found.index + run.length)].map((rest) =>
    rest ? awkExpression(rest) : ''
  )
  return [parts[0], `r(${awkExpression(unit)},${run.length / unit.length})`, parts[1]].filter(Boolean).join(' ')
}
