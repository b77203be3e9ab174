// What of a partition is taken and what is done: the lowest offset that is not done is what may be committed, whatever is done behind it. Pure.
import { invariant } from '@millrace/runtime'
import { encodeWithin, mapCharsMax, type OffsetRange, spanWithin } from './offset-map.ts'

/** A record as the tracker knows it. */
export interface Tracked {
  readonly offset: number
  /** Set by the tracker alone. */
  isDone: boolean
  /** Its turn, counted by the tracker. */
  turn: number
}

/** Records that are taken together, and done together unless something comes in between: one entry for all of them. */
export interface TrackedSpan extends Tracked {
  /** How many there are. */
  count: number
}

/** Of the metadata limit, beyond which nothing more is taken: what is in hand may still end in any order. */
const pressureMax = 0.75
/** Places for entries at first, and as many as stay. */
const capacityMin = 64

export class CompletionTracker {
  readonly #metadataMaxChars: number
  /** Offsets from the position on, of which whatever is done can be told. */
  readonly #easySpan: number
  /** Entries from the first one that is not done on, each at its turn, in a ring of as many places as a power of two says. */
  #entries: (Tracked | undefined)[] = Array.from({ length: capacityMin }, () => undefined)
  /** Turn of the first entry that is not done; {@link #tail}, if all are. */
  #head = 0
  /** Turn of the next entry. */
  #tail = 0
  /** Everything below was taken, or is not there. */
  #taken: number
  #openCount = 0
  /** Runs of done entries behind the head. */
  #runs = 0
  /** What was done before this tracker began, and was not come to yet. In order. */
  readonly #doneBefore: OffsetRange[]

  /** `start`: the offset that the group has committed. `doneBefore`: in order, all behind `start`. */
  constructor(start: number, doneBefore: readonly OffsetRange[], metadataMaxChars: number) {
    this.#taken = start
    this.#doneBefore = [...doneBefore]
    this.#metadataMaxChars = metadataMaxChars
    this.#easySpan = spanWithin(metadataMaxChars * pressureMax)
  }

  /** Records that are taken and not done. */
  get openCount(): number {
    return this.#openCount
  }

  /** What may be committed: everything below is done. */
  get position(): number {
    return this.oldest?.offset ?? this.#next
  }

  /** The first offset that is neither taken nor done before: what was, right behind what is taken, needs not be come to. */
  get #next(): number {
    const first = this.#doneBefore[0]
    return first !== undefined && first.from <= this.#taken ? Math.max(this.#taken, first.to) : this.#taken
  }

  /** The first offset that is not done, and the record, if it is in hand: what holds up the commits. */
  get oldest(): Tracked | undefined {
    return this.#head === this.#tail ? undefined : this.#at(this.#head)
  }

  /** The entry of a turn, from the head on. */
  #at(turn: number): Tracked | undefined {
    return this.#entries[turn & (this.#entries.length - 1)]
  }

  /** Whether what is done could still be told whatever becomes of one more record. */
  get mayTake(): boolean {
    const span = this.#taken + 1 - this.position
    // Asked for each record: most are not far ahead.
    if (span <= this.#easySpan) return true
    const runs = this.#runs + this.#doneBefore.length
    if (runs === 0 && this.#openCount <= 1) return true
    const max = this.#metadataMaxChars
    // At worst each record in hand ends between two others that do not.
    return mapCharsMax(runs, span) <= max * pressureMax && mapCharsMax(runs + this.#openCount, span) <= max
  }

  /**
   * Takes the next record, in the order of offsets. False for one that was done before: nothing is to be done about it.
   */
  take(entry: Tracked): boolean {
    const { offset } = entry
    invariant(offset >= this.#taken, 'records are taken in the order of their offsets')
    this.#taken = offset + 1
    entry.isDone = this.#wasDone(offset)
    if (entry.isDone && this.#head === this.#tail) return false
    this.#add(entry)
    if (entry.isDone) {
      if (!this.#at(entry.turn - 1)!.isDone) this.#runs++
      return false
    }
    this.#openCount++
    return true
  }

  /** Whether what was done before this tracker began is yet to be come to: then each record has to be asked for. */
  get hasDoneBefore(): boolean {
    return this.#doneBefore.length > 0
  }

  /** Whether a record may be taken into a span: whatever becomes of those in it, it can be told. */
  mayExtend(offset: number): boolean {
    return offset + 1 - this.position <= this.#easySpan
  }

  /** Takes the next record into the span that was taken last. */
  extend(span: TrackedSpan, offset: number): void {
    invariant(span.turn === this.#tail - 1, 'the last span is extended')
    invariant(offset >= this.#taken, 'records are taken in the order of their offsets')
    this.#taken = offset + 1
    span.count++
    this.#openCount++
  }

  /** The span is done, all of it. */
  spanDone(span: TrackedSpan): void {
    this.#openCount -= span.count - 1
    this.done(span)
  }

  /** In place of the span that was taken last, each of its records by itself. */
  divide(span: TrackedSpan, entries: readonly Tracked[]): void {
    invariant(span.turn === this.#tail - 1 && !span.isDone, 'the last span is divided')
    invariant(entries.length === span.count, 'all of it is divided')
    this.#tail--
    this.#openCount -= span.count
    for (const entry of entries) {
      this.#add(entry)
      this.#openCount++
    }
  }

  #add(entry: Tracked): void {
    if (this.#tail - this.#head === this.#entries.length) this.#resize(this.#entries.length * 2)
    entry.turn = this.#tail++
    this.#entries[entry.turn & (this.#entries.length - 1)] = entry
  }

  #resize(capacity: number): void {
    const entries = Array.from({ length: capacity }, (): Tracked | undefined => undefined)
    for (let turn = this.#head; turn < this.#tail; turn++) entries[turn & (capacity - 1)] = this.#at(turn)
    this.#entries = entries
  }

  #wasDone(offset: number): boolean {
    const first = this.#doneBefore[0]
    if (first === undefined || offset < first.from) return false
    if (offset >= first.to - 1) this.#doneBefore.shift()
    // What a compaction took away is passed by without being come to.
    return offset < first.to || this.#wasDone(offset)
  }

  /** There is nothing more below `endOffset`: markers of transactions and what compaction took away need no record to be passed. */
  passed(endOffset: number): void {
    if (endOffset > this.#taken) this.#taken = endOffset
    while (this.#doneBefore.length > 0 && this.#doneBefore[0]!.to <= this.#taken) this.#doneBefore.shift()
  }

  /** A record is done: by its handler, by being set aside safely, or by being passed over on purpose. */
  done(entry: Tracked): void {
    invariant(!entry.isDone, 'a record is done once')
    entry.isDone = true
    this.#openCount--
    const { turn } = entry
    if (turn !== this.#head) {
      const before = this.#at(turn - 1)!.isDone
      const after = this.#isDoneAt(turn + 1)
      // Between two runs it makes one of them.
      this.#runs += before ? (after ? -1 : 0) : after ? 0 : 1
      return
    }
    this.#advance()
  }

  /** The same for several, in the order of their offsets. */
  allDone(entries: readonly Tracked[]): void {
    const count = entries.length
    if (count === 0) return
    const isRun = entries[0]!.turn === this.#head && entries[count - 1]!.turn === this.#head + count - 1
    if (!isRun) {
      for (const entry of entries) this.done(entry)
      return
    }
    for (const entry of entries) {
      invariant(!entry.isDone, 'a record is done once')
      entry.isDone = true
    }
    this.#openCount -= count
    for (let at = 1; at < count; at++) this.#pass()
    this.#advance()
  }

  #isDoneAt(turn: number): boolean {
    return turn < this.#tail && this.#at(turn)!.isDone
  }

  /** The head, and the run of done ones that it comes to, are passed. */
  #advance(): void {
    this.#pass()
    if (!this.#isDoneAt(this.#head)) return
    this.#runs--
    while (this.#isDoneAt(this.#head)) this.#pass()
    const { length } = this.#entries
    if (length > capacityMin && (this.#tail - this.#head) * 4 < length) this.#resize(length / 2)
  }

  #pass(): void {
    this.#entries[this.#head++ & (this.#entries.length - 1)] = undefined
  }

  /** Records in hand, in the order of offsets. */
  *open(): Generator<Tracked> {
    for (let turn = this.#head; turn < this.#tail; turn++) {
      const entry = this.#at(turn)
      // Those before may be done by who is given them.
      if (entry?.isDone === false) yield entry
    }
  }

  /** What is done behind {@link position}, in order. */
  doneBeyond(): OffsetRange[] {
    const ranges: OffsetRange[] = []
    for (let turn = this.#head; turn < this.#tail; turn++) {
      if (!this.#isDoneAt(turn)) continue
      const { offset: from } = this.#at(turn)!
      while (this.#isDoneAt(turn + 1)) turn++
      // What is not there between two records needs not be told apart from what is done.
      ranges.push({ from, to: turn + 1 < this.#tail ? this.#at(turn + 1)!.offset : this.#taken })
    }
    const position = this.position
    for (const range of this.#doneBefore) {
      const from = Math.max(range.from, this.#taken)
      const last = ranges.at(-1)
      if (last && last.to >= from) ranges[ranges.length - 1] = { from: last.from, to: range.to }
      else if (from > position) ranges.push({ from, to: range.to })
    }
    return ranges
  }

  /** What is to be committed: the offset, and what is done behind it. `isCut`: not all of that fitted. */
  commit(): { readonly offset: number; readonly metadata: string; readonly isCut: boolean } {
    const offset = this.position
    const { text, isCut } = encodeWithin(offset, this.doneBeyond(), this.#metadataMaxChars)
    return { offset, metadata: text, isCut }
  }
}
