// Docstrings as data: the text, and the examples in it.
import type { Doc } from './model.ts'

/** Reads a block comment, with its markers. Undefined for one that is no docstring. Throws for tags that are not ours. */
export function readDoc(comment: string): Doc | undefined {
  if (!comment.startsWith('/**')) return undefined
  const body = comment
    .slice(3, -2)
    .split('\n')
    .map(line => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
  const [text = '', ...tagged] = body.split(/^\s*(?=@[a-z])/m)
  const sections = [text]
  const examples: string[] = []
  let isInternal = false
  for (const part of tagged) {
    const [, tag, rest = ''] = /^@([a-z]+)\s?([\s\S]*)$/.exec(part)!
    if (tag === 'example') examples.push(rest.trim())
    else if (tag === 'public') sections.push(rest)
    else if (tag === 'internal') {
      isInternal = true
      sections.push(rest)
    } else
      throw new Error(`@${tag} is no tag of ours: write sentences, @example, @internal or, for knip, @public`)
  }
  return { text: sections.join('\n').trim(), examples, isInternal }
}
