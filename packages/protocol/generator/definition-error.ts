// A definition file that does not say what it should, with the place.

export class DefinitionError extends Error {
  override readonly name = 'DefinitionError'

  constructor(file: string, line: number, message: string) {
    super(`definitions/${file}.kmsg:${line}: ${message}`)
  }
}
