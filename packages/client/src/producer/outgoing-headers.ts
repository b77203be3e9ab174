// The headers of a record while serdes work on it, who may add some.
import type { RecordHeaderInit } from '@millrace/protocol'
import type { OutgoingHeaders } from '../serde/serde.ts'

export class HeaderCollector implements OutgoingHeaders {
  list: readonly RecordHeaderInit[]
  /** The list is ours, not the caller's. */
  #own = false

  constructor(list: readonly RecordHeaderInit[]) {
    this.list = list
  }

  /** The same collector for another record: whoever waits for nothing needs no second one. */
  begin(list: readonly RecordHeaderInit[]): this {
    this.list = list
    this.#own = false
    return this
  }

  add(key: string, value: string | Uint8Array | null): void {
    const header = { key, value }
    if (this.#own) (this.list as RecordHeaderInit[]).push(header)
    else this.list = [...this.list, header]
    this.#own = true
  }
}
