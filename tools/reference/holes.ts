// Holes in the reference: what is exported without a word, or without the words that its kind needs.
import type { Doc, Export, Member } from './model.ts'
import { docOf, isHidden } from './model.ts'

/** What is missing, each as one readable line. */
export function holesOf(exports: readonly Export[]): string[] {
  return exports.flatMap(each => [
    ...ownHoles(each),
    ...each.members.flatMap(member => memberHoles(each, member)),
  ])
}

function ownHoles(each: Export): string[] {
  const doc = docOf(each)
  const place = `${each.path}:${each.line}: ${each.name}`
  if (!doc) return [`${place} has no docstring`]
  const holes: string[] = []
  if (each.kind === 'function' && each.signatures.some(({ code }) => namelessOptions.test(code)))
    holes.push(`${place} takes options of a type without a name: give it one, and its options docstrings`)
  if (each.kind === 'constant' && each.type === undefined && each.members.length === 0)
    holes.push(`${place} has no type: write it, so that the reference can show it`)
  if (wantsExample(each) && !hasExample(doc))
    holes.push(`${place} has no @example, and is where people begin`)
  return holes
}

/** Classes that users make. */
function wantsExample({ kind, name, members }: Export): boolean {
  if (kind !== 'class' || name.endsWith('Error')) return false
  const isMade = members.some(member => member.kind === 'constructor' && !docOf(member)?.isInternal)
  return isMade && members.some(isCall)
}

function isCall({ kind }: Member): boolean {
  return kind === 'method'
}

function hasExample({ text, examples }: Doc): boolean {
  return examples.length > 0 || /^ {4}\S/m.test(text) || text.includes('```')
}

function memberHoles(owner: Export, member: Member): string[] {
  const doc = docOf(member)
  if (isHidden(owner, member)) return []
  const place = `${member.path ?? owner.path}:${member.line}: ${owner.name}.${member.name}`
  if (!doc) return isPlain(owner, member) ? [] : [`${place} has no docstring`]
  const holes: string[] = []
  if (member.type === undefined)
    holes.push(`${place} has no type: write it, so that the reference can show it`)
  if (isOption(owner, member) && !/\bdefault\b/i.test(doc.text))
    holes.push(`${place} does not say what it is by default`)
  if (needsUnit(member) && !unitWords.test(doc.text)) holes.push(`${place} is a number without a unit`)
  if (owner.name === 'Admin' && member.kind === 'method') holes.push(...operationHoles(place, member, doc))
  if (member.signatures.some(({ code }) => namelessOptions.test(code)))
    holes.push(`${place} takes options of a type without a name: give it one, and its options docstrings`)
  if (mayFail(owner, member) && !member.signatures.some(each => each.doc && failureWords.test(each.doc.text)))
    holes.push(`${place} does not say what it throws, or that it does not`)
  return holes
}

/** `f(options: { … })`: nobody can say there what the options are, or name their type. */
const namelessOptions = /\boptions\??: \{/i

/** An operation says by name what can go wrong, and what comes of repeating it. */
function operationHoles(place: string, member: Member, { text }: Doc): string[] {
  const holes: string[] = []
  if (!callsItself(member)) holes.push(`${place} has no @example that calls it`)
  if (!isAsynchronous(member) || member.name.startsWith('[')) return holes
  if (!/`[A-Z]+_[A-Z_]+`|\b[A-Z]\w+Error\b/.test(text))
    holes.push(`${place} names no error that it throws or has as an outcome`)
  if (!/\brepeat/i.test(text)) holes.push(`${place} does not say what comes of repeating it`)
  return holes
}

function isAsynchronous({ type }: Member): boolean {
  return type?.startsWith('Promise<') === true
}

/** Whether an example shows the call. */
function callsItself({ name, signatures }: Member): boolean {
  if (name === 'close' || name.startsWith('[')) return true
  return signatures.some(({ doc }) => doc?.examples.some(code => code.includes(`.${name}(`)))
}

/** Members that say all by themselves: constants of an enumeration, and what every error has. */
function isPlain(owner: Export, member: Member): boolean {
  return owner.kind === 'constant' || (owner.name.endsWith('Error') && member.name === 'name')
}

/** What is called, or ends a wait, needs no default: otherwise nothing does. Neither does a filter that says it for all of its fields. */
function isOption(owner: Export, { name, kind, isOptional, type = '' }: Member): boolean {
  const isListener = /^(?:on|each)[A-Z]|^signal$/.test(name) || type.startsWith('(')
  if (docOf(owner)?.text.includes('left out')) return false
  return (
    owner.kind === 'interface' &&
    owner.name.endsWith('Options') &&
    isOptional &&
    kind === 'field' &&
    !isListener
  )
}

const unitNames =
  /(?:Ms|MsTotal|Bytes|Seconds|Id|Code|Key|Version|Epoch|Port|Count|count|Offset|offset|partition|offset|port|epoch|generation|retries|attempts|replicas)$/
const unitWords =
  /\b(?:units?|characters?|ms|milliseconds?|seconds?|bytes?|records?|batch(?:es)?|requests?|offsets?|partitions?|replicas?|times?|number of|how many|attempts?|members?|files?|brokers?|connections?|id|level|count|counts?|epoch|version|generation|port|most|fetch(?:es)?|commits?|rebalances?|transactions?|acknowledg\w+|ratio|share)\b/i

/** What is counted is its own unit: `recordsConsumed`. */
const countNames = /^[a-z]+s(?:[A-Z]|$)/

function needsUnit({ name, type, kind }: Member): boolean {
  const isNumber = kind === 'field' && type !== undefined && /^number\b/.test(type)
  return isNumber && !unitNames.test(name) && !countNames.test(name)
}

const failureWords = /\b(?:throws?|thrown|rejects?|never throws|never rejects)\b/i

/** Calls of classes that wait for brokers. A class may say for all of its calls what they throw. */
function mayFail(owner: Export, member: Member): boolean {
  if (failureWords.test(docOf(owner)?.text ?? '')) return false
  const isCalled = owner.kind === 'class' && member.kind === 'method' && !member.name.startsWith('[')
  return isCalled && isAsynchronous(member)
}
