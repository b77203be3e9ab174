// `ssl.principal.mapping.rules` (KIP-371): how the name in a certificate becomes the name of a user. As `SslPrincipalMapper`.
import { ConfigError } from '../../config/definition.ts'

interface Rule {
  /** Undefined for DEFAULT: the name as it is. */
  readonly pattern: RegExp | undefined
  readonly replacement: string
  readonly letters: 'L' | 'U' | undefined
}

const property = 'ssl.principal.mapping.rules'
const rulePattern = /^(?:DEFAULT|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))/

export type MapPrincipal = (distinguishedName: string) => string

/** Throws ConfigError for text that is no list of rules. */
export function principalMapping(text: string): MapPrincipal {
  const rules = rulesOf(text)
  return distinguishedName => {
    for (const rule of rules) {
      const name = apply(rule, distinguishedName)
      if (name !== undefined) return name
    }
    return distinguishedName
  }
}

/** A rule ends where its last slash, and L or U behind it, does: a comma may stand in it. */
function rulesOf(text: string): Rule[] {
  const rules: Rule[] = []
  let rest = text.trim()
  while (rest !== '') {
    const match = rulePattern.exec(rest)
    const after = rest.slice(match?.[0].length ?? 0).trimStart()
    if (!match || (after !== '' && !after.startsWith(','))) throw fault(rest)
    rules.push(ruleOf(match))
    rest = after.slice(1).trimStart()
  }
  return rules
}

function ruleOf([whole, pattern, replacement = '', letters]: RegExpExecArray): Rule {
  if (pattern === undefined) return { pattern: undefined, replacement: '', letters: undefined }
  try {
    return {
      // All of the name must match.
      pattern: new RegExp(`^(?:${pattern.replaceAll('\\/', '/')})$`, 'u'),
      replacement: replacement.replaceAll('\\/', '/'),
      letters: letters === 'L' || letters === 'U' ? letters : undefined,
    }
  } catch {
    throw fault(whole)
  }
}

function fault(rule: string): ConfigError {
  return new ConfigError(
    property,
    `${property}: "${rule}" does not begin with a rule; write DEFAULT or RULE:pattern/replacement/ with L or U behind it, separated by commas`,
  )
}

/** `$1` … as in Java; `$` and `\` before another character are that character. */
function apply({ pattern, replacement, letters }: Rule, name: string): string | undefined {
  if (!pattern) return name
  const match = pattern.exec(name)
  if (!match) return undefined
  const mapped = replacement.replace(
    /\\(.)|\$(\d)/g,
    (_, literal: string | undefined, group: string) => literal ?? match[Number(group)] ?? '',
  )
  if (letters === 'L') return mapped.toLowerCase()
  return letters === 'U' ? mapped.toUpperCase() : mapped
}
