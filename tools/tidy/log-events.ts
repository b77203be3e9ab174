// Names of log events have one spelling: who searches a log for one does not have to guess it.
import type { Source } from './sources.ts'

/** `area.what_happened`: words of a part are joined by underscores. */
const spelling = /^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+$/
const levels = new Set(['debug', 'info', 'warn', 'error'])

/** A call of a logger up to its fields, or an event that is handed on to one. */
const mentions = /\.log\(([^{)]*)|\bevent: ('[^']*')/g

export function logEventBreaches({ path, text }: Source): string[] {
  const breaches: string[] = []
  for (const mention of text.matchAll(mentions)) {
    const line = text.slice(0, mention.index).split('\n').length
    for (const [, name] of (mention[1] ?? mention[2]!).matchAll(/'([^']*)'/g)) {
      if (levels.has(name!) || spelling.test(name!)) continue
      breaches.push(`${path}:${line}: the log event ${name} is spelled like no other: area.what_happened`)
    }
  }
  return breaches
}
