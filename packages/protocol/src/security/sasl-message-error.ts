// A message of a SASL mechanism that is not what its definition says.

/** What the other side sent is no message of the mechanism. The text says what is wrong with it and repeats nothing of it. */
export class SaslMessageError extends Error {
  override readonly name = 'SaslMessageError'
}
