// What is sent next: as much of each shard as there is room for, in order. Pure.
import type { RowHead } from '../outbox/row.ts'

/** How much may be sent now. */
export interface WaveRoom {
  readonly rows: number
  /** One row is sent whatever its size, when nothing else is under way. */
  readonly bytes: number
  readonly isIdle: boolean
  /** Rows of one lane at a time. */
  readonly rowsPerLane: number
}

/** Chooses among the first rows of shards. Of a shard, what comes behind a row that has no room has none, either; shards have their turns. */
export function pickWave(heads: readonly RowHead[], room: WaveRoom): RowHead[] {
  const queues = new Map<number, RowHead[]>()
  for (const head of heads.toSorted((a, b) => a.seq - b.seq)) {
    const queue = queues.get(head.shard)
    if (queue) queue.push(head)
    else queues.set(head.shard, [head])
  }
  const perLane = new Map<number, number>()
  const picked: RowHead[] = []
  let { rows, bytes } = room
  let turn = [...queues.values()]
  for (let at = 0; turn.length > 0 && rows > 0; at++) {
    turn = turn.filter(queue => {
      const head = queue[at]
      if (!head) return false
      const ofLane = perLane.get(head.lane) ?? 0
      // Its turn comes when those before it are sent: those of other lanes go on.
      if (ofLane >= room.rowsPerLane) return true
      const fits = head.size <= bytes || (room.isIdle && picked.length === 0)
      if (!fits || rows <= 0) return false
      perLane.set(head.lane, ofLane + 1)
      picked.push(head)
      rows--
      bytes -= head.size
      return true
    })
  }
  return picked
}
