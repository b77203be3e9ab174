// Writes LZ4's blocks: the search for what was there before, and the sequences, as WebAssembly.
import {
  add,
  advance,
  atLeast,
  atMost,
  block,
  choose,
  clear,
  differs,
  differs8,
  equalBytes,
  get,
  go,
  goIf,
  int,
  load16,
  load32,
  load8,
  loop,
  more,
  multiply,
  set,
  shiftLeft,
  shiftRight,
  store16,
  store8,
  subtract,
  when,
  type Code,
  type FunctionBody,
} from '../webassembly/assemble.ts'
import { copyTo, lastLiterals, lengthMore, matchBytesMin, matchStartMargin } from './lz4-block-format.ts'

/** The table: positions of what was last seen under each hash, 16 bits each, which suffices for a block of 64 KiB. */
const hashBits = 13
export const tableBytes = 2 << hashBits
/** The largest block that it takes. */
export const writtenBlockBytes = 65_536
/** How many positions are looked at before the steps become longer: LZ4's own. */
const skipBits = 6
/** Knuth's multiplicative hash. */
const hashFactor = 2_654_435_761

/** The most that a block of so many bytes becomes. */
export const compressedBytesMax = (bytes: number): number => bytes + Math.floor(bytes / 255) + 16

// Its parameters, and what it works with.
const [source, sourceEnd, target, table] = [0, 1, 2, 3] as const
const [anchor, at, candidate, next, tries, length, slot] = [4, 5, 6, 7, 8, 9, 10] as const
const [matchLimit, lastStart, token, rest] = [11, 12, 13, 14] as const

const slotOf = (position: Code): Code =>
  add(
    get(table),
    shiftLeft(shiftRight(multiply(load32(position), int(hashFactor)), int(32 - hashBits)), int(1)),
  )
const positionOf = (address: Code): Code => subtract(address, get(source))

/** What was last seen under the hash of `at`, of which `at` takes the place. */
const lookUp = (): Code[] => [
  set(slot, slotOf(get(at))),
  set(candidate, add(get(source), load16(get(slot)))),
  store16(get(slot), positionOf(get(at))),
]

const writeByte = (value: Code): Code => [...store8(get(target), value), ...advance(target, int(1))]

/** The part of `rest` that does not fit the token. */
const writeLength = (): Code[] => [
  loop(
    when(atLeast(get(rest), int(255)), writeByte(int(255)), set(rest, subtract(get(rest), int(255))), go(1)),
  ),
  writeByte(get(rest)),
]

/** The token, of the literals from `anchor` to `until`, and those. Leaves the token's place in `token`. */
const writeLiterals = (until: Code): Code[] => [
  set(length, subtract(until, get(anchor))),
  set(token, get(target)),
  advance(target, int(1)),
  choose(
    atLeast(get(length), int(lengthMore)),
    [
      store8(get(token), int(lengthMore << 4)),
      set(rest, subtract(get(length), int(lengthMore))),
      ...writeLength(),
    ],
    [store8(get(token), shiftLeft(get(length), int(4)))],
  ),
  set(rest, add(get(target), get(length))),
  copyTo(target, anchor, get(rest)),
  set(target, get(rest)),
]

const extendBackwards = (): Code =>
  block(
    loop(
      goIf(1, atMost(get(at), get(anchor))),
      goIf(1, atMost(get(candidate), get(source))),
      goIf(1, differs(load8(subtract(get(at), int(1))), load8(subtract(get(candidate), int(1))))),
      set(at, subtract(get(at), int(1))),
      set(candidate, subtract(get(candidate), int(1))),
      go(0),
    ),
  )

/** Moves `at` and `candidate` behind what they have in common, up to `matchLimit`. */
const extend = (): Code =>
  block(
    loop(
      when(
        atMost(add(get(at), int(8)), get(matchLimit)),
        when(
          differs8(get(at), get(candidate)),
          set(length, equalBytes(get(at), get(candidate))),
          advance(at, get(length)),
          advance(candidate, get(length)),
          go(3),
        ),
        advance(at, int(8)),
        advance(candidate, int(8)),
        go(1),
      ),
    ),
    loop(
      goIf(1, atLeast(get(at), get(matchLimit))),
      goIf(1, differs(load8(get(at)), load8(get(candidate)))),
      advance(at, int(1)),
      advance(candidate, int(1)),
      go(0),
    ),
  )

/** `anchor` is where the match begins. */
const writeMatch = (): Code[] => [
  store16(get(target), subtract(get(at), get(candidate))),
  advance(target, int(2)),
  set(anchor, get(at)),
  advance(at, int(matchBytesMin)),
  advance(candidate, int(matchBytesMin)),
  extend(),
  set(rest, subtract(subtract(get(at), get(anchor)), int(matchBytesMin))),
  set(anchor, get(at)),
  choose(
    atLeast(get(rest), int(lengthMore)),
    [
      store8(get(token), add(load8(get(token)), int(lengthMore))),
      set(rest, subtract(get(rest), int(lengthMore))),
      ...writeLength(),
    ],
    [store8(get(token), add(load8(get(token)), get(rest)))],
  ),
]

/** Depths: the search is in `block(loop(…))`, which is in the loop over sequences, which is in the block around all of it. */
const search = (): Code =>
  block(
    set(tries, int(1 << skipBits)),
    set(next, get(at)),
    loop(
      set(at, get(next)),
      goIf(3, more(get(at), get(lastStart))),
      advance(next, shiftRight(get(tries), int(skipBits))),
      advance(tries, int(1)),
      ...lookUp(),
      goIf(0, differs(load32(get(at)), load32(get(candidate)))),
    ),
  )

const sequences = (): Code =>
  block(
    loop(
      search(),
      extendBackwards(),
      ...writeLiterals(get(at)),
      block(
        loop(
          ...writeMatch(),
          goIf(3, more(get(at), get(lastStart))),
          store16(slotOf(subtract(get(at), int(2))), positionOf(subtract(get(at), int(2)))),
          ...lookUp(),
          goIf(1, differs(load32(get(at)), load32(get(candidate)))),
          // Another match right behind: a sequence without literals.
          set(token, get(target)),
          store8(get(token), int(0)),
          advance(target, int(1)),
          go(0),
        ),
      ),
      advance(at, int(1)),
      go(0),
    ),
  )

/** `(source, sourceEnd, target, table)`: see `Lz4Blocks.write`. */
export function writerOfBlocks(): FunctionBody {
  const code = [
    ...set(anchor, get(source)),
    ...set(lastStart, subtract(get(sourceEnd), int(matchStartMargin))),
    ...set(matchLimit, subtract(get(sourceEnd), int(lastLiterals))),
    ...clear(get(table), int(tableBytes)),
    ...when(
      more(subtract(get(sourceEnd), get(source)), int(matchStartMargin)),
      set(at, add(get(source), int(1))),
      sequences(),
    ),
    ...writeLiterals(get(sourceEnd)).flat(),
    ...get(target),
  ]
  return { parameters: 4, locals: 15, returnsValue: true, code }
}
