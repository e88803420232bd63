import ts from 'typescript'
import { RefusedError } from './refused'

/**
 * Replaces relative paths and the names of packages in the string literals of a TypeScript file, in imports or not: a path
 * that is handed to `path.join(__dirname, …)` moves like one that is imported.
 *
 * @param rewrite gives the new text of a literal, or the old one where it is to stay as it is written
 * @throws RefusedError where a relative path is put together at run time
 */
export function rewritePaths(code: string, rewrite: (text: string) => string): string {
  const literals = stringLiterals(ts.createSourceFile('test.ts', code, ts.ScriptTarget.Latest, true))
  // From the end of the file, so that the places of those before stay true.
  return literals.reverse().reduce((rewritten, literal) => {
    const text = rewrite(literal.text)
    return text === literal.text
      ? rewritten
      : `${rewritten.slice(0, literal.getStart())}'${text}'${rewritten.slice(literal.getEnd())}`
  }, code)
}

export function isRelative(text: string): boolean {
  return /^\.\.?(\/|$)/.test(text)
}

function stringLiterals(node: ts.Node): ts.StringLiteralLike[] {
  if (ts.isTemplateHead(node) && isRelative(node.text)) {
    throw new RefusedError(`The path \`${node.text}…\` is put together at run time, so that it cannot be rewritten.`)
  }
  const below = node.getChildren().flatMap(stringLiterals)
  return ts.isStringLiteralLike(node) ? [node, ...below] : below
}
