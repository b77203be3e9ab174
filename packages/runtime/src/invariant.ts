// What must be true wherever the program is right: asserted in shipped code, since a wrong state that goes on does more harm than a stop.

/** The program is wrong, not its input: a defect of ours, with a message that says which rule does not hold. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'

  constructor(rule: string) {
    super(`${rule} (a defect of Millrace: please report it)`)
  }
}

/**
 * Throws InvariantError unless `condition` holds. `rule` says what must be true, as a constant text, so that the check costs a
 * comparison where it stands on a hot path; where values help, `if (wrong) violated(...)` composes the text only when it is needed.
 */
export function invariant(condition: boolean, rule: string): asserts condition {
  if (!condition) violated(rule)
}

/** Throws InvariantError. */
export function violated(rule: string): never {
  throw new InvariantError(rule)
}
