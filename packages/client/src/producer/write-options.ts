// The options of whoever writes batches: what is waited for, and how batches are compressed.
import { type CompressionName, codecs } from '@millrace/protocol'
import type { OptionTable } from '../config/option-entry.ts'
import { unlessDefault } from '../config/property-values.ts'
import { show } from '../config/show.ts'
import { ConfigError } from '../errors/index.ts'

/** When a broker answers: at once and not at all (0), when the leader has it (1), when all in-sync replicas have it (`all`). */
export type Acks = 0 | 1 | -1 | 'all'

/** `owner` starts the message of an error: "Producer". */
export function writeTable(owner: string): OptionTable {
  return {
    acks: { kind: 'any', kafka: ['request.required.acks'], convert: value => readAcks(owner, value) },
    compression: { kind: 'string', kafka: ['compression.type', 'compression.codec'] },
    compressionLevel: {
      kind: 'number',
      kafka: ['compression.gzip.level', 'compression.lz4.level', 'compression.zstd.level'],
      converted: { 'compression.level': unlessDefault(-1) },
      min: -131_072,
    },
  }
}

/** Throws ConfigError for a codec that there is not, and for a level that it does not have. */
export function checkCompression(owner: string, name: CompressionName, level: number | undefined): void {
  if (!Object.hasOwn(codecs, name))
    throw new ConfigError(
      `${owner}: there is no compression ${show(name)}; there are ${Object.keys(codecs).join(', ')}`,
    )
  const { levels } = codecs[name]
  if (level === undefined || levels === undefined) return
  if (Number.isInteger(level) && level >= levels.min && level <= levels.max) return
  throw new ConfigError(
    `${owner}: compressionLevel ${level} is none of ${name}; its levels are ${levels.min} to ${levels.max}`,
  )
}

function readAcks(owner: string, value: unknown): Acks {
  switch (value) {
    case 'all':
    case '-1':
    case -1:
      return -1
    case '0':
    case 0:
      return 0
    case '1':
    case 1:
      return 1
    default:
      throw new ConfigError(`${owner}: acks is ${String(value)}; it is 0, 1 or "all"`)
  }
}
