// Takes the parameter `version` out of functions that do not need it, and out of the calls to them.
import { usesVersion } from './conditions.ts'

const declaration = /^function (\w+)\((.*), version: number\)(: .*) \{\n([\s\S]*)$/

/** `parts` are declarations, one each. A function that only handed its version on loses it too. */
export function dropUnusedVersions(parts: readonly string[]): string[] {
  let settled = [...parts]
  for (let again = true; again; ) {
    const names: string[] = []
    settled = settled.map(part => {
      const match = declaration.exec(part)
      if (match === null || usesVersion(match[4]!)) return part
      names.push(match[1]!)
      return `function ${match[1]}(${match[2]})${match[3]} {\n${match[4]}`
    })
    again = names.length > 0
    if (!again) break
    const calls = new RegExp(`\\b(${names.join('|')})(\\((?:[^()]|\\([^()]*\\))*), version\\)`, 'g')
    settled = settled.map(part => part.replace(calls, '$1$2)'))
  }
  return settled
}
