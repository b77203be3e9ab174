// The data set: flights within the United States, from the Parquet file that the npm package vega-datasets carries.
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'

export interface Flight {
  /** Position in the data set, from 0: with it every flight can be told from every other. */
  readonly row: number
  readonly date: string
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

interface Row {
  readonly date: Date
  readonly delay: bigint
  readonly distance: bigint
  readonly origin: string
  readonly destination: string
}

/** The first `count` flights in the order of the data set; it holds three million. */
export async function loadFlights(count: number): Promise<Flight[]> {
  // The package's only door is build/index.js; its data lies beside that.
  const data = new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets'))
  const file = await asyncBufferFromFile(fileURLToPath(data))
  const rows = (await parquetReadObjects({
    file,
    rowStart: 0,
    rowEnd: count,
    compressors: { ZSTD: input => zstdDecompressSync(input) },
  })) as unknown as Row[]
  return rows.map(({ date, delay, distance, origin, destination }, row) => ({
    row,
    date: date.toISOString(),
    delay: Number(delay),
    distance: Number(distance),
    origin,
    destination,
  }))
}
