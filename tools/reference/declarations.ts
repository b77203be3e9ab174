// Reads the declarations of a source file: what each says of itself, its docstring, and its public members.
import { parseSync } from 'oxc-parser'
import { readDoc } from './docstring.ts'
import type { Doc, ExportKind, Member, MemberKind, Signature } from './model.ts'

/** A node of the syntax tree, as far as it is looked at. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** A top-level declaration of a file. */
export interface Declaration {
  readonly name: string
  readonly kind: ExportKind
  readonly line: number
  readonly signatures: readonly Signature[]
  readonly members: readonly Member[]
  readonly parents: readonly string[]
  readonly type: string | undefined
  /** Whether only its own file knows it. */
  readonly isLocal: boolean
}

/** `export { local as name } from 'specifier'`, or all of a module. */
export interface ReExport {
  readonly specifier: string
  /** Undefined: everything. */
  readonly names: readonly { readonly local: string; readonly name: string }[] | undefined
}

export interface Module {
  readonly declarations: ReadonlyMap<string, Declaration>
  readonly reExports: readonly ReExport[]
  /** What comes from other modules, by its name here. */
  readonly imports: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>
  /** What it declares for itself alone. */
  readonly locals: ReadonlyMap<string, Declaration>
}

/** Reads a file. Throws for one that does not parse. */
export function readModule(path: string, text: string): Module {
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const reader = new Reader(path, text, comments)
  const declarations = new Map<string, Declaration>()
  const reExports: ReExport[] = []
  const imports = new Map<string, { specifier: string; name: string }>()
  const locals = new Map<string, Declaration>()
  for (const statement of program.body as unknown as readonly Node[]) {
    if (statement.type === 'ExportAllDeclaration') {
      reExports.push({
        specifier: (statement['source'] as unknown as { value: string }).value,
        names: undefined,
      })
      continue
    }
    if (statement.type === 'ImportDeclaration') {
      const { value: specifier } = statement['source'] as { readonly value: string }
      for (const { local, name } of importedBy(statement)) imports.set(local, { specifier, name })
    }
    if (statement.type !== 'ExportNamedDeclaration') {
      for (const each of reader.declarationsOf(statement, statement)) locals.set(each.name, each)
      continue
    }
    const source = statement['source'] as { readonly value: string } | null
    if (source) reExports.push({ specifier: source.value, names: specifiersOf(statement) })
    const declared = statement['declaration'] as Node | null
    if (!declared) continue
    for (const each of reader.declarationsOf(statement, declared)) {
      const before = declarations.get(each.name)
      declarations.set(each.name, before ? merged(before, each) : each)
    }
  }
  return { declarations, reExports, imports, locals }
}

function importedBy(statement: Node): { local: string; name: string }[] {
  return (statement['specifiers'] as readonly Node[])
    .filter(({ type }) => type === 'ImportSpecifier')
    .map(specifier => ({ local: textOf(specifier['local']), name: textOf(specifier['imported']) }))
}

/** A name, which may be written as text. */
function textOf(node: unknown): string {
  const { name, value } = node as { readonly name?: string; readonly value?: unknown }
  return name ?? String(value)
}

function specifiersOf(statement: Node): { local: string; name: string }[] {
  return (statement['specifiers'] as readonly Node[]).map(specifier => ({
    local: textOf(specifier['local']),
    name: textOf(specifier['exported']),
  }))
}

/** Overloads of a function, and a type that goes by the name of a constant. */
function merged(before: Declaration, next: Declaration): Declaration {
  const isImplementation = before.kind === 'function' && next.signatures.length === 0
  if (isImplementation) return before
  return {
    ...before,
    signatures: [...before.signatures, ...next.signatures],
    members: [...before.members, ...next.members],
  }
}

class Reader {
  readonly #path: string
  readonly #text: string
  /** Docstrings by where the code behind them begins. */
  readonly #docs = new Map<number, Doc>()

  constructor(path: string, text: string, comments: readonly { start: number; end: number; type: string }[]) {
    this.#path = path
    this.#text = text
    for (const { type, start, end } of comments) {
      if (type !== 'Block') continue
      const doc = this.#readDoc(start, end)
      if (doc) this.#docs.set(this.#codeFrom(end), doc)
    }
  }

  #readDoc(start: number, end: number): Doc | undefined {
    try {
      return readDoc(this.#text.slice(start, end))
    } catch (error) {
      throw new Error(`${this.#path}:${this.#lineOf(start)}: ${(error as Error).message}`, { cause: error })
    }
  }

  declarationsOf(statement: Node, declared: Node): Declaration[] {
    const doc = this.#docs.get(statement.start)
    const common = {
      line: this.#lineOf(statement.start),
      isLocal: statement === declared,
      parents: [],
      members: [] as Member[],
      type: undefined,
    }
    switch (declared.type) {
      case 'ClassDeclaration':
        return [this.#class(declared, common, doc)]
      case 'TSInterfaceDeclaration':
        return [this.#interface(declared, common, doc)]
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        return [
          { ...common, name: nameOf(declared), kind: 'function', signatures: this.#function(declared, doc) },
        ]
      case 'TSTypeAliasDeclaration': {
        const code = this.#code(declared.start, declared.end)
        return [{ ...common, name: nameOf(declared), kind: 'type', signatures: [{ code, doc }] }]
      }
      case 'VariableDeclaration':
        return (declared['declarations'] as readonly Node[]).map(each => this.#constant(each, common, doc))
      default:
        return []
    }
  }

  #class(
    node: Node,
    common: Pick<Declaration, 'line' | 'isLocal' | 'type'>,
    doc: Doc | undefined,
  ): Declaration {
    const body = node['body'] as Node
    const members = (body['body'] as readonly Node[]).flatMap(member => this.#member(member))
    const heritage = [
      node['superClass'],
      ...((node['implements'] as readonly Node[] | undefined) ?? []).map(each => each['expression']),
    ]
    return {
      ...common,
      name: nameOf(node),
      kind: 'class',
      signatures: [{ code: this.#code(node.start, body.start), doc }],
      members: joined(members),
      parents: heritage.flatMap(parent => (parent ? [this.#slice(parent as Node)] : [])),
    }
  }

  #interface(
    node: Node,
    common: Pick<Declaration, 'line' | 'isLocal' | 'type'>,
    doc: Doc | undefined,
  ): Declaration {
    const body = node['body'] as Node
    return {
      ...common,
      name: nameOf(node),
      kind: 'interface',
      signatures: [{ code: this.#code(node.start, body.start), doc }],
      members: joined((body['body'] as readonly Node[]).flatMap(member => this.#member(member))),
      parents: ((node['extends'] as readonly Node[] | undefined) ?? []).map(each =>
        this.#slice(each['expression'] as Node),
      ),
    }
  }

  /** The implementation behind overloads has a body and no docstring: it is nobody's to call. */
  #function(node: Node, doc: Doc | undefined): Signature[] {
    const body = node['body'] as Node | null
    const end = body ? body.start : node.end
    return body && !doc ? [] : [{ code: this.#code(node.start, end), doc }]
  }

  #constant(
    node: Node,
    common: Pick<Declaration, 'line' | 'isLocal' | 'members' | 'parents'>,
    doc: Doc | undefined,
  ): Declaration {
    const id = node['id'] as Node
    const init = node['init'] as Node | null
    const annotation = id['typeAnnotation'] as Node | null
    const name = String(id['name'])
    const isFunction = init?.type === 'ArrowFunctionExpression'
    const end = isFunction ? (init['body'] as Node).start : id.end
    const type = annotation ? this.#slice(annotation['typeAnnotation'] as Node) : this.#typeOf(init)
    const written = annotation || isFunction ? '' : type === undefined ? '' : `: ${type}`
    const code = `const ${this.#code(node.start, end).replace(/\s*=>$/, '')}${written}`
    return {
      ...common,
      name,
      kind: isFunction ? 'function' : 'constant',
      signatures: [{ code, doc }],
      members: annotation ? [] : this.#entries(init),
      type: isFunction ? this.#returnType(init) : type,
    }
  }

  /** Properties of an object that is written out. */
  #entries(init: Node | null): Member[] {
    const object =
      init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression'
        ? (init['expression'] as Node)
        : init
    if (object?.type !== 'ObjectExpression') return []
    return (object['properties'] as readonly Node[])
      .filter(({ type }) => type === 'Property')
      .map(property => ({
        name: this.#slice(property['key'] as Node),
        kind: 'field',
        isStatic: false,
        isOptional: false,
        signatures: [{ code: this.#slice(property), doc: this.#docs.get(property.start) }],
        type: this.#slice(property['value'] as Node),
        line: this.#lineOf(property.start),
      }))
  }

  #member(node: Node): Member[] {
    const kind = memberKind(node)
    const key = node['key'] as Node | undefined
    const isPrivate =
      key?.type === 'PrivateIdentifier' ||
      node['accessibility'] === 'private' ||
      node['accessibility'] === 'protected'
    if (kind === undefined || isPrivate) return []
    const name = kind === 'constructor' ? 'constructor' : key ? this.#slice(key) : ''
    const value = (node['value'] as Node | null | undefined) ?? null
    const body = (value?.['body'] as Node | null | undefined) ?? null
    const end = kind === 'field' ? this.#fieldEnd(node, key, value) : body ? body.start : node.end
    const doc = this.#docs.get(node.start)
    const code = this.#code(node.start, end).replace(/^override /, '')
    return [
      {
        name: node['computed'] ? `[${name}]` : name,
        kind,
        isStatic: node['static'] === true,
        isOptional: node['optional'] === true,
        signatures: [{ code, doc }],
        type: this.#memberType(node, kind, value),
        line: this.#lineOf(node.start),
      },
    ]
  }

  /** A field ends before its initializer. */
  #fieldEnd(node: Node, key: Node | undefined, value: Node | null): number {
    const annotation = node['typeAnnotation'] as Node | null
    return value ? (annotation?.end ?? key!.end) : node.end
  }

  #memberType(node: Node, kind: MemberKind, value: Node | null): string | undefined {
    if (kind === 'constructor') return 'this'
    const annotation = node['typeAnnotation'] as Node | null | undefined
    if (annotation) return this.#slice(annotation['typeAnnotation'] as Node)
    return kind === 'field' ? this.#typeOf(value) : this.#returnType(value ?? node)
  }

  #returnType(node: Node): string | undefined {
    const annotation = node['returnType'] as Node | null | undefined
    return annotation ? this.#slice(annotation['typeAnnotation'] as Node) : undefined
  }

  /** What an initializer says of its type without a compiler: `new X()`, a literal, `as const`. */
  #typeOf(init: Node | null): string | undefined {
    if (init?.type === 'NewExpression') return this.#slice(init['callee'] as Node)
    if (init?.type === 'Literal' || init?.type === 'UnaryExpression') return this.#slice(init)
    return init?.type === 'TSAsExpression' ? '' : undefined
  }

  #slice({ start, end }: Node): string {
    return this.#text.slice(start, end)
  }

  #code(start: number, end: number): string {
    return this.#text
      .slice(start, end)
      .trim()
      .replace(/[;,{=]$/, '')
      .trim()
  }

  /** Where the code behind a comment begins. */
  #codeFrom(end: number): number {
    const rest = /\S/g
    rest.lastIndex = end
    return rest.exec(this.#text)?.index ?? this.#text.length
  }

  #lineOf(offset: number): number {
    return this.#text.slice(0, offset).split('\n').length
  }
}

function nameOf(node: Node): string {
  return String((node['id'] as { readonly name: string }).name)
}

function memberKind(node: Node): MemberKind | undefined {
  switch (node.type) {
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
      if (node['kind'] === 'constructor') return 'constructor'
      return node['kind'] === 'get' ? 'accessor' : node['kind'] === 'method' ? 'method' : undefined
    case 'TSMethodSignature':
      return 'method'
    case 'PropertyDefinition':
    case 'TSPropertySignature':
      return 'field'
    default:
      return undefined
  }
}

/** Overloads of one method in one member; the implementation behind them, which has no docstring, is left out. */
function joined(members: readonly Member[]): Member[] {
  const byName = new Map<string, Member>()
  for (const member of members) {
    const key = `${member.isStatic ? 'static ' : ''}${member.name}`
    const before = byName.get(key)
    if (!before) byName.set(key, member)
    else {
      const more = member.signatures.filter(({ doc }) => doc !== undefined)
      byName.set(key, { ...before, signatures: [...before.signatures, ...more] })
    }
  }
  return [...byName.values()]
}
