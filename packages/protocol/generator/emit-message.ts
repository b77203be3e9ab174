// Emits everything of one message: types, the functions of its structs that are needed, the exported encoder and decoder.
import { emitDoor } from './emit-door.ts'
import { emitDefault, emitReadArray, emitReadNullable, emitReadStruct, structWords } from './emit-decode.ts'
import { emitIsDefault, emitWriteArray, emitWriteNullable, emitWriteStruct } from './emit-encode.ts'
import { emitTypes } from './emit-types.ts'
import { defaultName } from './defaults.ts'
import { empty, type Field, isPrimitive, type Message, type Struct, structOf, typeName } from './model.ts'
import type { Needs } from './needs.ts'
import { includes, runs } from './ranges.ts'
import { dropUnusedVersions } from './unused-version.ts'

const bytes = '../bytes/'

/** Fields of structs, the first of each kind of use, so that each helper is emitted once. */
interface Uses {
  readonly arrays: Map<string, Field>
  readonly nullableArrays: Map<string, Field>
  readonly nullables: Map<string, Field>
  /** Structs that stand for themselves somewhere: they need a default and a test for it. */
  readonly singles: Map<string, Field>
}

export function emitMessage(message: Message, needs: Needs): string {
  needs.type('Reader', `${bytes}reader.ts`)
  needs.helper('Writer', `${bytes}writer.ts`)
  const structs: Struct[] = [message, ...message.structs.values()]
  const uses = usesOf(structs)
  const parts: string[] = []
  for (const struct of structs) {
    parts.push(emitWriteStruct(message, struct, needs), emitReadStruct(message, struct, needs))
  }
  for (const field of uses.nullables.values())
    parts.push(emitWriteNullable(message, field), emitReadNullable(message, field))
  for (const field of uses.arrays.values()) {
    parts.push(emitWriteArray(message, field, false, needs), emitReadArray(message, field, false, needs))
  }
  for (const field of uses.nullableArrays.values()) {
    parts.push(emitWriteArray(message, field, true, needs), emitReadArray(message, field, true, needs))
  }
  const settled = dropUnusedVersions(parts)
  const functions = [...settled, emitDoor(message, settled.join('\n'), needs)]
  const types = structs.map(struct => emitTypes(message, struct))
  return [...types, ...emitDefaults(message, uses, parts.join('\n'), needs), ...functions].join('\n\n')
}

/** Defaults of structs, and tests for them, as far as `text` or one another use them; each before its first use. */
function emitDefaults(message: Message, uses: Uses, text: string, needs: Needs): string[] {
  let parts: string[] = []
  let users = text
  for (const field of uses.singles.values()) {
    const struct = structOf(message, field)
    const name = typeName(message, struct.name)
    const own: string[] = []
    const isDefault = users.includes(`isDefault${name}(`)
    if (isDefault || users.includes(defaultName(message, struct.name)))
      own.push(emitDefault(message, struct, needs))
    if (isDefault) own.push(emitIsDefault(message, struct, needs))
    parts = [...own, ...parts]
    users += own.join('\n')
  }
  return parts
}

function usesOf(structs: readonly Struct[]): Uses {
  const uses: Uses = {
    arrays: new Map(),
    nullableArrays: new Map(),
    nullables: new Map(),
    singles: new Map(),
  }
  for (const field of structs.flatMap(struct => struct.fields)) {
    if (isPrimitive(field.type.element)) continue
    for (const { value: nullable } of runs(field.versions, version => includes(field.nullable, version))) {
      const map = field.type.array
        ? nullable
          ? uses.nullableArrays
          : uses.arrays
        : nullable
          ? uses.nullables
          : uses.singles
      const words = `${structWords(field, nullable)}${field.type.element}`
      if (!map.has(words)) map.set(words, field)
      if (field.defaultValue === empty && !field.type.array)
        uses.singles.set(`${structWords(field, false)}${field.type.element}`, field)
    }
  }
  return uses
}
