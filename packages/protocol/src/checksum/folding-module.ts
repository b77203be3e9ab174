// A WebAssembly module of XORs: 16 bytes at a time, which JavaScript cannot.
import {
  advance,
  assemble,
  type FunctionBody,
  get,
  goIf,
  int,
  less,
  loop,
  set,
  subtract,
  xor16,
} from '../webassembly/assemble.ts'

/** Adds to bytes what stands before them, at fixed distances: see {@link makeFolds}. Addresses of the module's memory. */
export type Fold = (to: number, from: number, end: number) => void

/** Bytes of a vector, and of one step of a fold. */
export const stepBytes = 16

/** A fold over `distances`, of which the first is the largest: that is where `from` is moved to, since offsets are positive. */
function foldOver(distances: readonly number[]): FunctionBody {
  const [to, from, end] = [0, 1, 2]
  const farthest = distances[0]!
  const offsets = distances.map(distance => farthest - distance)
  const code = [
    ...set(from, subtract(get(from), int(farthest))),
    ...loop(
      xor16(get(to), get(from), offsets),
      advance(from, int(stepBytes)),
      advance(to, int(stepBytes)),
      goIf(0, less(get(to), get(end))),
    ),
  ]
  return { parameters: 3, locals: 3, returnsValue: false, code }
}

/**
 * One fold for each list of distances, and the memory that they work on. `fold(to, from, end)` adds (XOR) to the bytes from `to` to before `end` what
 * stands `distances` before `from`, and goes on with both, a step at a time: up to 15 bytes behind `end` are changed as well. No distance may be shorter
 * than a step. Throws where there is no WebAssembly, or none with vectors.
 */
export function makeFolds(
  memoryBytes: number,
  distances: readonly (readonly number[])[],
): { readonly heap: Uint8Array; readonly folds: readonly Fold[] } {
  const named = distances.map(
    (of, index) => [`fold${index}`, foldOver([...of].sort((a, b) => b - a))] as const,
  )
  const { memory, functions } = assemble(memoryBytes, Object.fromEntries(named))
  return { heap: new Uint8Array(memory.buffer), folds: named.map(([name]) => functions[name]! as Fold) }
}
