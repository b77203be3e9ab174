// Values that stand in for what is not there.

/** The UUID of 16 zero bytes: "no topic id", "no directory id". */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA'

/**
 * What a field of bytes is when it is left out. For generated code; no definition of today leaves one out.
 * @public
 */
export const noBytes: Buffer = Buffer.alloc(0)

/** An array of nothing for encoders to read; nobody writes to it. */
export const nothing: readonly never[] = Object.freeze([])
