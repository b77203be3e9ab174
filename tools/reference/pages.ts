// Which exports stand on which page: one for each room of a package.
import { order, type Export } from './model.ts'

/** What a door has. */
export interface DoorExports {
  readonly door: string
  /** What the door is for, in a sentence. */
  readonly about: string
  readonly own: readonly Export[]
  /** What it has from doors before it, under its name here. */
  readonly others: readonly { readonly name: string; readonly known: Export }[]
}

export interface Page {
  /** Path from the folder of the reference: `client/producer.md`. */
  readonly path: string
  /** What its exports are imported from. */
  readonly door: string
  readonly title: string
  /** What it is about, in a sentence. */
  readonly about: string
  /** In the order of their sections. */
  readonly exports: readonly Export[]
  readonly others: DoorExports['others']
}

interface Room {
  readonly title: string
  readonly about: string
  /** What begins the paths of its sources, within `src`. The longest that fits counts; `.` is what fits nowhere else. */
  readonly folders: readonly string[]
}

/** Pages of the doors, in the order in which somebody new would read them. A door without a line has one page. */
const rooms: Readonly<Record<string, readonly Room[]>> = {
  '@millrace/client': [
    { title: 'Producer', about: 'Writing records, transactions, partitioners.', folders: ['producer'] },
    { title: 'Consumer', about: 'Reading records, alone or in a group.', folders: ['consumer'] },
    { title: 'Share consumer', about: 'Queues: share groups (KIP-932).', folders: ['share'] },
    { title: 'Exactly once', about: 'Read, transform and write in transactions.', folders: ['exactly-once'] },
    { title: 'Topics and serdes', about: 'Types of keys, values and headers.', folders: ['topic', 'serde'] },
    { title: 'Admin', about: 'Administration of a cluster: all operations.', folders: ['admin'] },
    {
      title: 'Admin of topics',
      about: 'What administration takes and tells of topics, partitions and settings.',
      folders: ['admin/topics', 'admin/partitions', 'admin/configs'],
    },
    {
      title: 'Admin of groups',
      about: 'What administration takes and tells of groups and transactions.',
      folders: ['admin/groups', 'admin/transactions'],
    },
    {
      title: 'Admin of clusters',
      about: 'What administration takes and tells of brokers, features, ACLs, users, quotas and tokens.',
      folders: ['admin/cluster', 'admin/security'],
    },
    { title: 'Errors', about: 'What calls throw, and how to tell it apart.', folders: ['errors'] },
    {
      title: 'Connection and security',
      about: 'What every client is told: brokers, times, TLS, logins.',
      folders: ['cluster', 'security', 'network', 'config', '.'],
    },
    {
      title: 'Events, hooks and metrics',
      about: 'What clients tell of themselves.',
      folders: ['events', 'metrics'],
    },
    { title: 'Groups of other types', about: 'Members that share what is no partition.', folders: ['group'] },
    { title: 'One partition', about: 'The log of one partition, a request a call.', folders: ['partition'] },
  ],
  '@millrace/service': [
    { title: 'Service', about: 'Services: start, handlers, stop, health.', folders: ['service', '.'] },
    {
      title: 'Handlers',
      about: 'What handlers are, are told and are given.',
      folders: ['handling', 'publishing'],
    },
    { title: 'Events', about: 'Events with types, in the formats of CloudEvents.', folders: ['envelope'] },
    {
      title: 'Failures',
      about: 'Retries, errors, dead letters and their way back.',
      folders: ['failure', 'dead-letters'],
    },
    { title: 'Dedupe', about: 'What was handled is not handled again.', folders: ['dedupe'] },
    { title: 'Limits', about: 'Circuit breakers, rate limiters, bulkheads.', folders: ['limits'] },
    { title: 'Observation', about: 'What services tell of themselves.', folders: ['observe'] },
  ],
  '@millrace/patterns': [
    { title: 'Request and reply', about: 'Asking topics, and answering.', folders: ['request-reply', '.'] },
    {
      title: 'Delayed delivery',
      about: 'Records that wait for their time.',
      folders: ['scheduled', 'lifecycle'],
    },
    {
      title: 'Event store',
      about: 'Streams of events, and snapshots of them.',
      folders: ['event-store', 'sqlite'],
    },
    { title: 'Commands and queries', about: 'Aggregates, and views of events.', folders: ['cqrs'] },
    { title: 'Routing', about: 'Filters, and records that are sent on.', folders: ['routing'] },
  ],
}

/** The packages that the reference is about. */
export const packages: readonly string[] = [
  '@millrace/client',
  '@millrace/service',
  '@millrace/nestjs',
  '@millrace/fastify',
  '@millrace/patterns',
  '@millrace/stores',
  '@millrace/config',
  '@millrace/pino',
  '@millrace/monitor',
  '@millrace/opentelemetry',
  '@millrace/broker',
  'millrace',
]

/** All pages, with their exports. */
export function pagesOf(doors: readonly DoorExports[]): Page[] {
  return doors.flatMap(({ door, about, own, others }) => {
    const folder = packageOf(door)
    const [first = wholeDoor(door, about), ...rest] = rooms[door] ?? []
    const all = [first, ...rest]
    return all.map(room => ({
      path: `${folder}/${fileName(room.title)}.md`,
      door,
      title: room.title,
      about: room.about,
      exports: inOrder(own.filter(each => roomOf(all, each) === room)),
      others: room === first ? others : [],
    }))
  })
}

function wholeDoor(door: string, about: string): Room {
  const [, name = door] = /([^/]+)$/.exec(door)!
  return { title: name[0]!.toUpperCase() + name.slice(1), about, folders: ['.'] }
}

/** Folder of a door's pages: that of its package. */
function packageOf(door: string): string {
  return door.replace('@millrace/', '').split('/', 1)[0]!
}

function inOrder(exports: readonly Export[]): Export[] {
  return order.flatMap(kind => exports.filter(each => each.kind === kind))
}

function roomOf(all: readonly Room[], { path }: Export): Room {
  const within = path.replace(/^packages\/[^/]+\/src\//, '')
  const [best] = all
    .flatMap(room => room.folders.map(folder => ({ room, folder })))
    .filter(({ folder }) => folder === '.' || within.startsWith(`${folder}/`))
    .sort((a, b) => lengthOf(b.folder) - lengthOf(a.folder))
  if (!best)
    throw new Error(`${path}: it belongs on no page: give its folder one in tools/reference/pages.ts`)
  return best.room
}

function lengthOf(folder: string): number {
  return folder === '.' ? 0 : folder.length
}

function fileName(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z]+/g, '-')
}
