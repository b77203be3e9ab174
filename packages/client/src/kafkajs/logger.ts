// Log entries as KafkaJS writes them: levels, parts with names, and a function of the application's that takes them.
import type { Clock } from '@millrace/runtime'
import { logLevel } from './enumerations.ts'
import type { LogEntry, logCreator, Logger } from './types/config.ts'

const levels: Readonly<Record<string, logLevel>> = logLevel

/** The environment comes first: `KAFKAJS_LOG_LEVEL`. */
function levelOf(given: logLevel | undefined): logLevel | undefined {
  return levels[(process.env['KAFKAJS_LOG_LEVEL'] ?? '').toUpperCase()] ?? given
}

/** JSON to the console. */
export const consoleLogCreator: logCreator = () => entry => {
  const { namespace, level, label, log } = entry
  const prefix = namespace ? `[${namespace}] ` : ''
  const line = JSON.stringify({ level: label, ...log, message: `${prefix}${log.message}` })
  if (level === logLevel.ERROR) console.error(line)
  else if (level === logLevel.WARN) console.warn(line)
  else if (level === logLevel.DEBUG) console.log(line)
  else console.info(line)
}

/** Makes the logger of a `Kafka`. */
export function createLogger(clock: Clock, given: logLevel, creator: logCreator): Logger {
  let common = levelOf(given) ?? logLevel.INFO
  const write = creator(common)
  const part = (namespace: string | undefined, own: logLevel | undefined): Logger => {
    const at = (label: 'INFO' | 'ERROR' | 'WARN' | 'DEBUG') => {
      const level = logLevel[label]
      return (message: string, extra: object = {}) => {
        if (level > (own ?? common)) return
        const timestamp = new Date(clock.now()).toISOString()
        // The root logger has no name, and applications see that it has none.
        const entry = {
          namespace,
          level,
          label,
          log: { timestamp, logger: 'kafkajs', message, ...extra },
        }
        write(entry as LogEntry)
      }
    }
    return {
      info: at('INFO'),
      error: at('ERROR'),
      warn: at('WARN'),
      debug: at('DEBUG'),
      namespace: (name, level) => part(name, levelOf(level)),
      setLogLevel: level => {
        common = level
      },
    }
  }
  return part(undefined, undefined)
}
