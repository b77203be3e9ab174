// Keeps a broker from making itself at home in a directory that is somebody else's.
import { CommandError, ExitCode } from '../output/errors.ts'

/** What says that a directory is a broker's, ours or Apache Kafka's. */
const mark = 'meta.properties'

/** What a first start that was cut short leaves behind, and what file systems and version control put into empty directories. */
const harmless =
  /^(\.lock.*|\.kafka_cleanshutdown|meta\.properties.+|.+-checkpoint(\.tmp)?|__cluster_metadata-0|\.git(keep|ignore)|\.DS_Store|lost\+found)$/

const shownMax = 5

/** Throws CommandError when a directory that was never a broker's holds anything. One that is not there yet is nobody's. */
export function refuseForeignFiles(directory: string): void {
  let names: string[]
  try {
    // An `import` would load the streams of files too: 2 ms of a start.
    names = process.getBuiltinModule('node:fs').readdirSync(directory)
  } catch {
    // Not there, or not to be read: the start says so.
    return
  }
  if (names.includes(mark)) return
  const foreign = names.filter(name => !harmless.test(name)).sort()
  if (foreign.length === 0) return
  const more = foreign.length - shownMax
  const shown = `${foreign.slice(0, shownMax).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  throw new CommandError(
    `${directory} holds files of others: ${shown}`,
    ExitCode.conflict,
    'name a directory for the broker alone with --data-dir, or say --allow-foreign-files',
  )
}
