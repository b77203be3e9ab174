// LZ4's block format: what its reader and its writer share.
import { advance, type Code, copy16, get, goIf, int, less, loop } from '../webassembly/assemble.ts'

/*
 * A block is a list of sequences:
 *
 *   token     1   number of literals (bits 7-4; 15: more follow), length of the match less 4 (bits 3-0; 15: more follow)
 *   lengths   …   of the literals beyond 15: bytes that are added up, the last of which is less than 255
 *   literals  …
 *   offset    2   little-endian: so far back begins the match; 1 to 65,535
 *   lengths   …   of the match beyond 19, as above
 *
 * The last sequence ends behind its literals, of which there are at least five; the last match begins at least twelve bytes before the end.
 */
export const matchBytesMin = 4
export const lastLiterals = 5
export const matchStartMargin = 12
export const lengthMore = 15

/** Bytes behind the end of input and output that are read and written over. */
export const slackBytes = 32

/** Copies from `from` to `to` until `to` is at or behind `end`: with at least 16 bytes from the one to the other. */
export const copyTo = (to: number, from: number, end: Code): Code =>
  loop(copy16(get(to), get(from)), advance(from, int(16)), advance(to, int(16)), goIf(0, less(get(to), end)))
