// The process in numbers: the names that Prometheus's own clients have for any process, and those of prom-client for Node.
import type { Family, Sample } from '@millrace/runtime'
import { single } from '@millrace/runtime'

const nsPerS = 1e9
const usPerS = 1e6
const lagResolutionMs = 20
const gcKinds: Readonly<Record<number, string>> = {
  1: 'minor',
  2: 'minor',
  4: 'major',
  8: 'incremental',
  16: 'weakcb',
}

type PerfHooks = typeof import('node:perf_hooks')
type FileSystem = typeof import('node:fs')

interface GarbageCollections {
  count: number
  seconds: number
}

/** Measures from `new` to `close`; what is measured is the process, whoever else lives in it. */
export class NodeProcessMetrics {
  readonly #fs: FileSystem = process.getBuiltinModule('node:fs')
  readonly #perf: PerfHooks = process.getBuiltinModule('node:perf_hooks')
  readonly #lag = this.#perf.monitorEventLoopDelay({ resolution: lagResolutionMs })
  readonly #collections = new Map<string, GarbageCollections>()
  readonly #observer: InstanceType<PerfHooks['PerformanceObserver']>
  #utilization = performance.eventLoopUtilization()
  #idleShare = 1

  constructor() {
    this.#lag.enable()
    this.#observer = new this.#perf.PerformanceObserver(list => {
      for (const entry of list.getEntries()) this.#collected(entry)
    })
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  close(): void {
    this.#lag.disable()
    this.#observer.disconnect()
  }

  /** Entries of collections have details that the types do not know of. */
  #collected({
    duration: durationMs,
    detail,
  }: {
    readonly duration: number
    readonly detail?: unknown
  }): void {
    const kind = gcKinds[(detail as { readonly kind?: number } | undefined)?.kind ?? 0] ?? 'other'
    const known = this.#collections.get(kind) ?? { count: 0, seconds: 0 }
    known.count++
    known.seconds += durationMs / 1000
    this.#collections.set(kind, known)
  }

  *families(): Generator<Family> {
    yield* this.#processFamilies()
    yield* this.#diskFamilies()
    yield* this.#nodeFamilies()
    yield* this.#loopFamilies()
  }

  *#processFamilies(): Generator<Family> {
    const { user, system } = process.cpuUsage()
    yield single('process_cpu_user_seconds_total', 'counter', 'Processor time in user code.', user / usPerS)
    yield single(
      'process_cpu_system_seconds_total',
      'counter',
      'Processor time in the system.',
      system / usPerS,
    )
    yield single('process_cpu_seconds_total', 'counter', 'Processor time.', (user + system) / usPerS)
    yield single(
      'process_start_time_seconds',
      'gauge',
      'When the process started, since the epoch.',
      performance.timeOrigin / 1000,
    )
    yield single('process_resident_memory_bytes', 'gauge', 'Resident memory.', process.memoryUsage.rss())
    const openFiles = this.#countFiles()
    if (openFiles !== undefined)
      yield single('process_open_fds', 'gauge', 'Open files and sockets.', openFiles)
  }

  /** Open files as Linux tells them, this look itself left out. */
  #countFiles(): number | undefined {
    try {
      return this.#fs.readdirSync('/proc/self/fd').length - 1
    } catch {
      return undefined
    }
  }

  *#diskFamilies(): Generator<Family> {
    let text: string
    try {
      text = this.#fs.readFileSync('/proc/self/io', 'utf8')
    } catch {
      return
    }
    for (const direction of ['read', 'write']) {
      const bytes = new RegExp(`^${direction}_bytes: (\\d+)$`, 'm').exec(text)?.[1]
      if (bytes === undefined) continue
      const name = `kafka_server_kafkaserver_linux_disk_${direction}_bytes`
      yield single(
        name,
        'gauge',
        'Bytes of the process that reached the disk, page cache left out.',
        Number(bytes),
      )
    }
  }

  *#nodeFamilies(): Generator<Family> {
    const { heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage()
    yield single('nodejs_heap_size_total_bytes', 'gauge', 'Heap that V8 has.', heapTotal)
    yield single('nodejs_heap_size_used_bytes', 'gauge', 'Heap that is used.', heapUsed)
    yield single(
      'nodejs_external_memory_bytes',
      'gauge',
      'Memory outside the heap that objects hold.',
      external,
    )
    yield single('nodejs_array_buffers_bytes', 'gauge', 'Memory of buffers.', arrayBuffers)
    const [major = '', minor = '', patch = ''] = process.versions.node.split('.')
    yield {
      name: 'nodejs_version_info',
      type: 'gauge',
      help: 'The version of Node.',
      samples: [{ labels: { version: process.version, major, minor, patch }, value: 1 }],
    }
    yield {
      name: 'nodejs_gc_duration_seconds',
      type: 'summary',
      help: 'Garbage collections by kind.',
      samples: [...this.#collections].flatMap(([kind, { count, seconds }]): Sample[] => [
        { suffix: '_sum', labels: { kind }, value: seconds },
        { suffix: '_count', labels: { kind }, value: count },
      ]),
    }
  }

  /** Since the last scrape. */
  *#loopFamilies(): Generator<Family> {
    const now = performance.eventLoopUtilization()
    const { active, idle, utilization } = performance.eventLoopUtilization(now, this.#utilization)
    // Two looks at the same moment tell nothing.
    if (active + idle > 0) this.#idleShare = 1 - utilization
    this.#utilization = now
    const help = 'Share of the time since the last scrape in which the event loop had nothing to do (0 to 1).'
    const share = this.#idleShare
    yield single('kafka_network_socketserver_networkprocessoravgidle_percent', 'gauge', help, share)
    yield single('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent', 'gauge', help, share)
    yield single('nodejs_eventloop_utilization', 'gauge', 'Share in which it was busy (0 to 1).', 1 - share)
    const lag = this.#lag
    // Node measures from one tick of its timer to the next: a loop that nothing keeps has the resolution.
    const seconds = (ns: number) =>
      Math.max(0, (Number.isFinite(ns) ? ns : 0) / nsPerS - lagResolutionMs / 1000)
    const name = 'nodejs_eventloop_lag_'
    yield single(`${name}mean_seconds`, 'gauge', 'Delay of timers since the last scrape.', seconds(lag.mean))
    yield single(
      `${name}max_seconds`,
      'gauge',
      'Longest delay of a timer since the last scrape.',
      seconds(lag.max),
    )
    for (const percentile of [50, 90, 99]) {
      const value = seconds(lag.percentile(percentile))
      yield single(`${name}p${percentile}_seconds`, 'gauge', `Percentile ${percentile} of that delay.`, value)
    }
    lag.reset()
  }
}
