import { trimApiKey } from './api-key'

/** HTML's names of ASCII punctuation and spaces, each with its character. `commat` goes before `comma`. */
const ENTITIES =
  'excl! quot" num# dollar$ percnt% amp& apos\' lpar( rpar) ast* midast* plus+ commat@ comma, period. sol/ colon: ' +
  'semi; lt< equals= gt> quest? lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ underbar_ grave` diacriticalgrave` ' +
  'lcub{ lbrace{ verticalline| verbar| vert| rcub} rbrace} tab\t newline\n nbsp\u00a0'
const CHARACTERS = Object.fromEntries(ENTITIES.split(' ').map((entry) => [entry.slice(0, -1), entry.slice(-1)]))

/** A number without a semicolon is taken as ASCII, because a digit behind it may belong to the text. */
const NUMBERS = '#x0*([\\da-f]{1,6}(?=;)|[\\da-f]{2})|#0*(\\d{1,7}(?=;)|1[0-2]\\d|\\d\\d)'
const ENTITY = new RegExp(`&(?:${NUMBERS}|(${Object.keys(CHARACTERS).join('|')}));?`, 'gi')

/** Finds the API key in a text: in any case, with spaces or invisible characters in it, or encoded up to twice. */
export function createKeySearch(apiKey: string): (text: string) => boolean {
  const key = trimApiKey(apiKey)
  // Base64 in another case can't be decoded, but is still recognized.
  const base64 = [key, `${key}:`].map((text) => Buffer.from(text).toString('base64').replace(/=+$/, ''))
  const targets = [key, Buffer.from(key).toString('latin1'), ...base64].map(fold)
  return (text) => {
    const once = decode([text])
    const readings = [text, ...once, ...decode(once)].map(fold)
    return readings.some((reading) => targets.some((target) => reading.includes(target)))
  }
}

/** A plus is a space in a form. */
function fold(text: string): string {
  return text.replace(/[\s\p{C}+]/gu, '').toUpperCase()
}

/** All readings of the texts in one encoding. */
function decode(texts: string[]): string[] {
  const decoders = [decodePercent, decodeJson, decodeHtml, decodeBase64]
  return texts.flatMap((text) => decoders.map((decoder) => decoder(text)).filter((decoded) => decoded !== text))
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replace(/%/g, ''), 'hex').toString())
}

function decodeJson(text: string): string {
  return text.replace(/\\(u[\da-f]{4}|.)/gi, (escape) =>
    escape.length > 2 ? String.fromCharCode(parseInt(escape.slice(2), 16)) : escape[1]
  )
}

function decodeHtml(text: string): string {
  return text.replace(ENTITY, (_, hex?: string, decimal?: string, name?: string) =>
    name ? CHARACTERS[name.toLowerCase()] : String.fromCodePoint(Math.min(Number(decimal ?? `0x${hex}`), 0x10ffff))
  )
}

/** Joins lines first. Text in front of base64, such as the slash of a path, may look like a part of it. */
function decodeBase64(text: string): string {
  const joined = text.replace(/(?<=[\w+/-]{20})(?:\s|\\+[nr])+/g, '')
  return joined.replace(/[\w+/-]{11,}/g, (run) =>
    [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('latin1')).join()
  )
}
