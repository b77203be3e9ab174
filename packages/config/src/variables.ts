// Variables in settings: `${NAME}`, and `${NAME:-what stands for it where it is not set}`. `$${` is a `${` that is meant as it is.
import type { Environment } from './entry.ts'

const pattern = /\$\$\{|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}|\$\{[^}]*\}?/g

/** Whether a value has a variable anywhere. */
export function hasVariables(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${')
  return typeof value === 'object' && value !== null && Object.values(value).some(hasVariables)
}

/** The value with all variables in its place. Throws Error for one that is not set, and for what is no variable. */
export function substitute(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') return substituteText(value, env)
  if (Array.isArray(value)) return value.map(each => substitute(each, env))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, substitute(each, env)]))
}

function substituteText(text: string, env: Environment): string {
  return text.replaceAll(pattern, (found: string, name?: string, otherwise?: string) => {
    if (found === '$${') return '${'
    if (name === undefined) throw new Error(`${found} is no variable: write \${NAME} or \${NAME:-default}`)
    const value = env[name]
    // As a shell has it: empty is as good as not set where there is a default.
    if (value !== undefined && (value !== '' || otherwise === undefined)) return value
    if (otherwise !== undefined) return otherwise
    throw new Error(`the variable ${name} is not set; write \${${name}:-default} for one that may be missing`)
  })
}
