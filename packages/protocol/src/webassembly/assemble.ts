// Makes WebAssembly modules from their instructions, written as expressions: for the loops over bytes that JavaScript is slow at.

/*
 * Of the module format (WebAssembly 1.0, with the vectors and bulk memory of 2.0) only what is needed here: functions of 32-bit integers, which are all exported, and one
 * memory that grows.
 *
 *   magic "\0asm", version 1
 *   section 1, types:     a function type for each function
 *   section 3, functions: the type of each
 *   section 5, memory:    its first size in pages of 64 KiB
 *   section 7, exports:   "memory", and the functions by name
 *   section 10, code:     for each function its locals, its instructions, end
 */

/** The part of WebAssembly's interface that is used here: it is among the types of browsers, which are not those of Node. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** Instructions as bytes. An expression leaves one value, a statement none. */
export type Code = readonly number[]

/** The memory that a module's functions work on. */
export interface Memory {
  /** Another one after each `grow`. */
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export interface FunctionBody {
  /** How many of the locals are parameters: the first ones. */
  readonly parameters: number
  /** Locals that hold 32-bit integers, parameters among them. */
  readonly locals: number
  readonly returnsValue: boolean
  readonly code: Code
}

export const pageBytes = 65_536
const i32 = 0x7f
/** Of a block: it takes and leaves nothing. */
const noValue = 0x40
const end = 0x0b
const vector = 0xfd
const bulk = 0xfc
/** Addresses need not be multiples of anything. */
const unaligned = 0

/** A number as LEB128, unsigned. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

/** A 32-bit integer as LEB128, signed. */
function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}

const sized = (bytes: Code): number[] => [...unsigned(bytes.length), ...bytes]
const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()]
const section = (id: number, content: Code): number[] => [id, ...sized(content)]
const text = (name: string): number[] => sized([...Buffer.from(name)])

const binary =
  (opcode: number) =>
  (left: Code, right: Code): Code => [...left, ...right, opcode]
const loading =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, unaligned, ...unsigned(offset)]
const storing =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode,
    unaligned,
    ...unsigned(offset),
  ]

/** A constant. */
export const int = (value: number): Code => [0x41, ...signed(value | 0)]
/** The value of a local. */
export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]

export const add = binary(0x6a)
export const subtract = binary(0x6b)
export const multiply = binary(0x6c)
/** Of integers without a sign, as everything here. */
export const divide = binary(0x6e)
export const and = binary(0x71)
export const shiftLeft = binary(0x74)
export const shiftRight = binary(0x76)
export const equal = binary(0x46)
export const differs = binary(0x47)
export const less = binary(0x49)
export const more = binary(0x4b)
export const atMost = binary(0x4d)
export const atLeast = binary(0x4f)

export const load8 = loading(0x2d)
export const load16 = loading(0x2f)
export const load32 = loading(0x28)
const load64 = loading(0x29)
export const store8 = storing(0x3a)
export const store16 = storing(0x3b)
const store64 = storing(0x37)
const load128 = loading(vector, 0x00)
const store128 = storing(vector, 0x0b)

/** Copies 8 bytes. */
export const copy8 = (to: Code, from: Code): Code => store64(to, load64(from))
/** Copies 16 bytes. */
export const copy16 = (to: Code, from: Code): Code => store128(to, load128(from))
/** Writes one byte 16 times. */
export const fill16 = (to: Code, byte: Code): Code => store128(to, [...byte, vector, 0x0f])
/** Adds (XOR) to 16 bytes what stands `offset` behind each of `from`. */
export const xor16 = (to: Code, from: Code, offsets: readonly number[]): Code => [
  ...to,
  ...load128(to),
  ...offsets.flatMap(offset => [...load128(from, offset), vector, 0x51]),
  vector,
  0x0b,
  unaligned,
  0,
]
/** Whether 8 bytes differ from 8 others. */
export const differs8 = (left: Code, right: Code): Code => [...load64(left), ...load64(right), 0x52]
/** How many of the first of 8 bytes that differ are equal. */
export const equalBytes = (left: Code, right: Code): Code => [
  ...load64(left),
  ...load64(right),
  // i64: xor, count trailing zeros, and back to an i32.
  0x85,
  0x7a,
  0xa7,
  ...int(3),
  0x76,
]
/** Sets bytes to zero. */
export const clear = (at: Code, length: Code): Code => [...at, ...int(0), ...length, bulk, 0x0b, 0]

/** Runs on, or ends at once where `stop(depth)` says so. */
export const block = (...body: readonly Code[]): Code => [0x02, noValue, ...body.flat(), end]
/** Runs once, and again where `again(depth)` says so. */
export const loop = (...body: readonly Code[]): Code => [0x03, noValue, ...body.flat(), end]
export const when = (condition: Code, ...then: readonly Code[]): Code => [
  ...condition,
  0x04,
  noValue,
  ...then.flat(),
  end,
]
export const choose = (condition: Code, then: readonly Code[], otherwise: readonly Code[]): Code => [
  ...condition,
  0x04,
  noValue,
  ...then.flat(),
  0x05,
  ...otherwise.flat(),
  end,
]
/** Leaves the block, or begins the loop again, that is `depth` blocks, loops and conditions around this. */
export const go = (depth: number): Code => [0x0c, ...unsigned(depth)]
/** The same under a condition. */
export const goIf = (depth: number, condition: Code): Code => [...condition, 0x0d, ...unsigned(depth)]
export const answer = (value: Code): Code => [...value, 0x0f]

/** Adds to a local. */
export const advance = (local: number, by: Code): Code => set(local, add(get(local), by))

/**
 * Makes a module of these functions and a memory of `memoryBytes`, rounded up to pages. Throws where there is no WebAssembly, or none with what the functions
 * use.
 */
export function assemble<Name extends string>(
  memoryBytes: number,
  functions: Readonly<Record<Name, FunctionBody>>,
): { readonly memory: Memory; readonly functions: Readonly<Record<Name, (...values: number[]) => number>> } {
  const entries = Object.entries(functions) as [Name, FunctionBody][]
  const types = entries.map(([, { parameters, returnsValue }]) => [
    0x60,
    ...list(Array.from({ length: parameters }, () => [i32])),
    ...list(returnsValue ? [[i32]] : []),
  ])
  const bodies = entries.map(([, { parameters, locals, code }]) =>
    sized([...list(locals > parameters ? [[...unsigned(locals - parameters), i32]] : []), ...code, end]),
  )
  const parts = [
    [0, ...Buffer.from('asm'), 1, 0, 0, 0],
    section(1, list(types)),
    section(3, list(entries.map((_, index) => [index]))),
    section(5, list([[0, ...unsigned(Math.ceil(memoryBytes / pageBytes))]])),
    section(
      7,
      list([[...text('memory'), 2, 0], ...entries.map(([name], index) => [...text(name), 0, index])]),
    ),
    section(10, list(bodies)),
  ]
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(parts.flat())))
  return {
    memory: exports['memory'] as Memory,
    functions: exports as Readonly<Record<Name, (...values: number[]) => number>>,
  }
}
