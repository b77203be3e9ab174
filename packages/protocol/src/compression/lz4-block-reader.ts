// Reads LZ4's blocks: the loop over their sequences, as WebAssembly.
import {
  add,
  advance,
  and,
  answer,
  atLeast,
  choose,
  copy8,
  divide,
  equal,
  fill16,
  get,
  go,
  goIf,
  int,
  less,
  load16,
  load8,
  loop,
  more,
  multiply,
  set,
  shiftRight,
  store8,
  subtract,
  when,
  type Code,
  type FunctionBody,
} from '../webassembly/assemble.ts'
import { copyTo, lengthMore, matchBytesMin } from './lz4-block-format.ts'

/** What it returns instead of the end of its output. */
export const malformed = -1
export const outgrown = -2

// Its parameters, and what it works with.
const [source, sourceEnd, target, targetEnd, base] = [0, 1, 2, 3, 4] as const
const [token, length, byte, from, to, end] = [5, 6, 7, 8, 9, 10] as const

/** Adds to `length` what does not fit the token. */
const readLength = (): Code =>
  when(
    equal(get(length), int(lengthMore)),
    loop(
      when(atLeast(get(source), get(sourceEnd)), answer(int(malformed))),
      set(byte, load8(get(source))),
      advance(source, int(1)),
      advance(length, get(byte)),
      goIf(0, equal(get(byte), int(255))),
    ),
  )

const checkRoom = (): Code =>
  when(more(get(length), subtract(get(targetEnd), get(target))), answer(int(outgrown)))

const literals = (): Code[] => [
  set(length, shiftRight(get(token), int(4))),
  readLength(),
  when(more(get(length), subtract(get(sourceEnd), get(source))), answer(int(malformed))),
  checkRoom(),
  set(from, get(source)),
  set(to, get(target)),
  advance(source, get(length)),
  advance(target, get(length)),
  copyTo(to, from, get(target)),
  when(equal(get(source), get(sourceEnd)), answer(get(target))),
]

/** What is repeated is shorter than a step: written byte by byte until it stands there often enough to be copied eight at a time. */
const repeatShort = (): Code[] => [
  set(token, add(get(target), int(16))),
  when(more(get(token), get(end)), set(token, get(end))),
  loop(
    store8(get(to), load8(get(from))),
    advance(from, int(1)),
    advance(to, int(1)),
    goIf(0, less(get(to), get(token))),
  ),
  when(
    less(get(to), get(end)),
    // The smallest multiple of the distance that is a step or more.
    set(byte, subtract(get(to), get(from))),
    set(from, subtract(get(to), multiply(divide(add(get(byte), int(7)), get(byte)), get(byte)))),
    loop(
      copy8(get(to), get(from)),
      advance(from, int(8)),
      advance(to, int(8)),
      goIf(0, less(get(to), get(end))),
    ),
  ),
]

const repeatByte = (): Code[] => [
  set(byte, load8(get(from))),
  loop(fill16(get(to), get(byte)), advance(to, int(16)), goIf(0, less(get(to), get(end)))),
]

const match = (): Code[] => [
  when(less(subtract(get(sourceEnd), get(source)), int(2)), answer(int(malformed))),
  set(byte, load16(get(source))),
  advance(source, int(2)),
  when(atLeast(subtract(get(byte), int(1)), subtract(get(target), get(base))), answer(int(malformed))),
  set(length, and(get(token), int(15))),
  // The lengths go through `byte`.
  set(from, subtract(get(target), get(byte))),
  readLength(),
  advance(length, int(matchBytesMin)),
  checkRoom(),
  set(to, get(target)),
  set(end, add(get(target), get(length))),
  choose(
    atLeast(subtract(get(to), get(from)), int(16)),
    [copyTo(to, from, get(end))],
    [choose(equal(subtract(get(to), get(from)), int(1)), repeatByte(), repeatShort())],
  ),
  set(target, get(end)),
]

/** `(source, sourceEnd, target, targetEnd, base)`: see `Lz4Blocks.read`. */
export function readerOfBlocks(): FunctionBody {
  const code = [
    ...loop(
      when(atLeast(get(source), get(sourceEnd)), answer(int(malformed))),
      set(token, load8(get(source))),
      advance(source, int(1)),
      ...literals(),
      ...match(),
      go(0),
    ),
    ...int(malformed),
  ]
  return { parameters: 5, locals: 11, returnsValue: true, code }
}
