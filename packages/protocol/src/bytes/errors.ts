// What a codec says of bytes it cannot read or values it cannot write.

/** Bytes that are not what the format says. `offset` is where in the buffer reading stopped. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly offset: number

  constructor(message: string, offset: number) {
    super(`${message} (at byte ${offset})`)
    this.offset = offset
  }
}

/** A value that the format cannot carry: out of range, or a field that the version asked for does not have. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError'
}
