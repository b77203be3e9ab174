// What is known of an export of a package: its declaration as it is written, its docstring, and its public members.

/** A docstring, without stars and markers. */
export interface Doc {
  readonly text: string
  /** Code of each `@example`. */
  readonly examples: readonly string[]
  /** Whether it says `@internal`: not for users, though it can be reached. */
  readonly isInternal: boolean
}

/** One way to call or to declare something: overloads have several. */
export interface Signature {
  readonly code: string
  readonly doc: Doc | undefined
}

export type MemberKind = 'constructor' | 'method' | 'field' | 'accessor'

/** A public member of a class, an interface, or an object that stands for an enumeration. */
export interface Member {
  readonly name: string
  readonly kind: MemberKind
  readonly isStatic: boolean
  readonly isOptional: boolean
  readonly signatures: readonly Signature[]
  /** Its type, as it is written; undefined where none is. */
  readonly type: string | undefined
  /** Path of its source, where that is not its owner's. */
  readonly path?: string
  readonly line: number
}

export type ExportKind = 'class' | 'interface' | 'function' | 'type' | 'constant'

/** Classes and functions first: what people begin with. */
export const order: readonly ExportKind[] = ['class', 'function', 'constant', 'interface', 'type']

export interface Export {
  readonly name: string
  /** What it is imported from: `@millrace/client`, `@millrace/service/testing`. */
  readonly door: string
  /** Path of its source from the root of the repository. */
  readonly path: string
  readonly line: number
  readonly kind: ExportKind
  readonly signatures: readonly Signature[]
  readonly members: readonly Member[]
  /** Names of what it extends or implements, without type arguments. */
  readonly parents: readonly string[]
  /** Its type, as it is written; undefined where none is, and for what has none. */
  readonly type: string | undefined
  /** Code of types that it is made of and that have no name outside. */
  readonly helpers: readonly string[]
}

/** The docstring of an export or member: that of its first overload which has one. */
export function docOf({ signatures }: Pick<Export | Member, 'signatures'>): Doc | undefined {
  return signatures.find(({ doc }) => doc !== undefined)?.doc
}

/** Whether users need not be shown it: what is not for them, and how errors are made of what only this package has. */
export function isHidden(owner: Pick<Export, 'name'>, member: Member): boolean {
  const doc = docOf(member)
  return doc?.isInternal ?? (member.kind === 'constructor' && owner.name.endsWith('Error'))
}
