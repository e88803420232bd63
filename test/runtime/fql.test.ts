import { matches as matchesInTsub } from '@segment/tsub'
import fc from 'fast-check'
import { parseCondition } from '../../src/runtime/filters/fql'
import { UndecidableError } from '../../src/runtime/filters/glob'
import { FqlError } from '../../src/runtime/filters/tokens'

const event = {
  event: 'Button Clicked',
  type: 'track',
  context: { library: { name: 'analytics.js', version: '1.0' }, ip: null },
  properties: {
    features: ['discounts', 'dark-mode', null],
    'product 1': { price: 5 },
    'a.b': 'dotted',
    an: 'short',
    isBig: true,
    words: 'Ab*d/É',
    object: { a: 1 }
  }
}

const UNREADABLE =
  "This can't be read. Write spaces around operators, \\ before special characters of a name, and no quote within the same quotes."

const matches = (fql: string, of: unknown = event) => parseCondition(fql).matches(of)

function matchesIfDecidable(fql: string, of: unknown): boolean | 'undecidable' {
  try {
    return matches(fql, of)
  } catch (error) {
    if (error instanceof UndecidableError) {
      return 'undecidable'
    }
    throw error
  }
}

/** `{` stands where the condition breaks. */
function problemOf(marked: string): string {
  const position = marked.indexOf('{')
  try {
    parseCondition(marked.replace('{', ''))
  } catch (error) {
    if (error instanceof FqlError) {
      return error.position === position ? error.message : `at ${error.position}, not ${position}: ${error.message}`
    }
    throw error
  }
  return ''
}

describe('a condition in FQL', () => {
  // The examples of Segment's documentation.
  it.each([
    ["event = 'Button Clicked'", true],
    ["event = 'Screen Tapped'", false],
    ["context.path.path = '/login'", false],
    ["type = 'identify' or type = 'track'", true],
    ["event = 'Button Clicked' and type = 'track'", true],
    ["match( context.library.version, '1.*' )", true],
    ["match( context.library.version, '2.*' )", false],
    ["type = 'track' and ( event = 'Click' or match( event, 'Button *' ) )", true],
    ["!contains( context.library.name, 'js' )", false],
    ["'dark-mode' in properties.features", true],
    ["'blink' in properties.features", false],
    ["!( type in ['track', 'identify'] )", false],
    ['properties.product\\ 1.price = 5', true],
    ["match('abcd', 'a*d')", true],
    ["match('', '*')", true],
    ["match('abc', 'ab')", false],
    ["match('abcd', 'a??d')", true],
    ["match('ab*d', 'ab\\*d')", true],
    ["match('abxd', 'ab\\*d')", false],
    ["match('abCd', 'ab[cC]d')", true],
    ["match('abcd', 'ab[a-z]d')", true],
    ["match('abcd', 'ab[A-Z]d')", false],
    ["length('ア') = 3", true],
    ['contains(userId, "a")', false],
    ['length(userId) = 0', true],
    ['lowercase(userId) = null', true],
    ['typeof(userId) = "null"', true],
    ['match(userId, "*")', false]
  ])('%s is %s, as documented', (fql, expected) => {
    expect(matches(fql)).toBe(expected)
  })

  it.each([
    ['all', true],
    ['all()', true],
    ['properties.a\\.b = "dotted"', true],
    ['properties.an', false, { properties: { a: true } }],
    ['properties.features.length = 3', false],
    ['properties.constructor = null', true],
    ['properties.missing', false],
    ['!properties.missing', true],
    ['!properties.isBig = true', false],
    ['properties.isBig = true', true],
    ['properties.isBig = "true"', false],
    ['context.ip = null', true],
    ['context.ip != null', false],
    ['properties.features = ["discounts", "dark-mode", null]', true],
    ['null in properties.features', true],
    ['"a" in properties.missing', false],
    ['properties.words > 1', false],
    ['properties.product\\ 1.price >= -5.5', true],
    ['lowercase(properties.words) = "ab*d/é"', true],
    ['uppercase("straße") = "STRAßE"', true],
    ['contains(lowercase(event), "button")', true],
    ['lowercase(event) in ["button clicked"]', true],
    ['match(properties.words, "*/?")', true],
    ['typeof(properties.features) = "list"', true],
    ['typeof(properties.isBig) = "bool"', true],
    // Without the first part, the second would be undecidable.
    ['type = "page" and length(properties.object) > 1', false],
    ['type = "track" or type = "page" and event = "none"', true]
  ])('%s is %s', (fql, expected, of: unknown = event) => {
    expect(matches(fql, of)).toBe(expected)
  })

  it.each([
    ['{', 'Something is missing.'],
    ['type = {', 'Something is missing.'],
    ['type = "track" and{', 'Something is missing.'],
    ['type = "track" {type', "This can't stand here."],
    ['type = "track{', 'A quote is missing, or a space behind one.'],
    ["type = 'it\\'{s'", UNREADABLE],
    ['type = {"a\\b"', 'Only the pattern of match() may have a backslash.'],
    ['properties.{ü = 1', UNREADABLE],
    ['properties.{2fa = true', 'The name of a field is missing. Write \\ before a character that is no letter.'],
    ['properties.lis{t[0] = 1', UNREADABLE],
    ['properties.a {!=5', UNREADABLE],
    ['"a"= event{', 'A quote is missing, or a space behind one.'],
    ['properties {.a = 1', "This can't stand here."],
    ['type in ({"a")', 'The right side of "in" needs list or null, and this is string.'],
    ['type in [{track]', "This can't stand here."],
    ['type in ["a"{', 'Something is missing.'],
    ['type = "a" {AND event = "b"', "This can't stand here."],
    ['type = "a" {= "b"', "This can't stand here."],
    ['properties.a = 1{e5', "This can't stand here."],
    ['properties.a = {-', '- is not a number.'],
    [
      '{semver(a, "1") = 1',
      'There is no function semver(). Functions: contains, length, lowercase, match, typeof, uppercase.'
    ],
    ['{snakecase(a) = "a_b"', "snakecase() can't be applied exactly: Segment does not document all of its results."],
    ['{lowercase(event)', 'A condition needs bool or null, and this is string.'],
    ['!({"a")', '"!" needs bool or null, and this is string.'],
    ['length({5) = 1', 'length() needs list, string or null, and this is number.'],
    ['contains(event{)', '"," is missing.'],
    ['match(event, {"[a")', 'The pattern has a "[" without a "]". Write \\[ for the character itself.'],
    ['match(event, {"[^a]")', 'The pattern has a list that is empty or begins with ^ or !, which is not documented.'],
    ['match(event, {"[z-a]")', 'The pattern has a range that is not complete. Write \\- for the character itself.'],
    ['length(event) > {"3"', '">" needs number, and this is string.'],
    [`${'('.repeat(100)}({type = "a"`, 'There are more than 100 levels.'],
    [`${'lowercase('.repeat(101)}{event`, 'There are more than 100 levels.']
  ])('%s is refused, at the brace', (marked, message) => {
    expect(problemOf(marked)).toBe(message)
  })

  it.each([
    ['contains(properties.isBig, "a")', 'contains() needs string or null, and got bool.'],
    ['contains(event, properties.missing)', 'contains() needs string, and got null.'],
    ['length(properties.object) > 1', 'length() needs list, string or null, and got object.'],
    ['properties.words', 'A condition needs bool or null, and got string.'],
    ['!properties.words', '"!" needs bool or null, and got string.'],
    ['type = "track" and event', '"and" needs bool or null, and got string.'],
    ['"a" in event', 'The right side of "in" needs list or null, and got string.'],
    ['match(event, context.library.version) or match(event, properties.pattern)', 'The pattern ends with a backslash.']
  ])('%s is undecidable for this event', (fql, message) => {
    const withPattern = { ...event, properties: { ...event.properties, pattern: 'a\\' } }

    expect(() => matches(fql, withPattern)).toThrow(new UndecidableError(message))
  })

  it('tells whether it has "and" beside "or" without parentheses', () => {
    expect(parseCondition('type = "a" or type = "b" and userId = null').isMixed).toBe(true)
    expect(parseCondition('type = "a" or (type = "b" and userId = null)').isMixed).toBe(false)
  })

  it("agrees with Segment's library tsub wherever that keeps to the documentation", () => {
    fc.assert(
      fc.property(condition, eventWithFields, ({ fql, ir }, of) => {
        const inTsub = matchesInTsub(of, { type: 'fql', ir: JSON.stringify(ir) })

        // tsub says "no" where the documentation has no answer.
        expect([inTsub, 'undecidable']).toContain(matchesIfDecidable(fql, of))
      }),
      { numRuns: 2000 }
    )
  })
})

interface Written {
  fql: string
  ir: unknown
}

const paths = fc.constantFrom('type', 'event', 'properties.a', 'properties.b').map((path) => ({ fql: path, ir: path }))
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'C'), maxLength: 2 })
const scalar = fc.oneof(text, fc.integer({ min: -2, max: 2 }), fc.boolean())
const literalOf = (value: unknown): Written => ({ fql: JSON.stringify(value), ir: { value } })
const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '[aC]', '[a-z]'), maxLength: 4 })

const simple: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(fc.constantFrom('=', '!='), paths, scalar.map(literalOf))
    .map(([sign, left, right]) => ({ fql: `${left.fql} ${sign} ${right.fql}`, ir: [sign, left.ir, right.ir] })),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), paths, fc.integer({ min: -2, max: 2 }).map(literalOf))
    .map(([sign, left, right]) => ({ fql: `${left.fql} ${sign} ${right.fql}`, ir: [sign, left.ir, right.ir] })),
  fc.tuple(paths, fc.array(scalar, { maxLength: 3 })).map(([left, list]) => ({
    fql: `${left.fql} in ${JSON.stringify(list)}`,
    ir: ['in', left.ir, { value: list.map((value) => ({ value })) }]
  })),
  fc
    .tuple(paths, text)
    .map(([left, part]) => ({ fql: `contains(${left.fql}, "${part}")`, ir: ['contains', left.ir, { value: part }] })),
  fc
    .tuple(paths, glob)
    .map(([left, part]) => ({ fql: `match(${left.fql}, "${part}")`, ir: ['match', left.ir, { value: part }] })),
  fc.tuple(paths, text).map(([left, right]) => ({
    fql: `lowercase(${left.fql}) = "${right}"`,
    ir: ['=', ['lowercase', left.ir], { value: right }]
  }))
)

const { condition } = fc.letrec<{ condition: Written }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    simple,
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 2, maxLength: 3 }))
      .map(([word, parts]) => ({
        fql: `(${parts.map(({ fql }) => fql).join(` ${word} `)})`,
        ir: [word, ...parts.map(({ ir }) => ir)]
      })),
    tie('condition').map(({ fql, ir }) => ({ fql: `!(${fql})`, ir: ['!', ir] }))
  )
}))

const eventWithFields = fc.record({
  type: text,
  event: text,
  properties: fc.record({ a: scalar, b: fc.oneof(scalar, fc.array(text)) })
})
