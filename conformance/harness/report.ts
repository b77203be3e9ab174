// The outcome of a run: a table for people, JSON for machines.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir } from './paths.ts'
import type { CheckResult } from './stage.ts'

export interface ScenarioResult {
  readonly scenario: string
  readonly engine: string
  readonly ms: number
  readonly checks: readonly CheckResult[]
}

export const failures = (result: ScenarioResult): readonly CheckResult[] =>
  result.checks.filter(check => !check.ok)

/** One row a scenario and engine, and below it the checks that failed. */
export function printTable(results: readonly ScenarioResult[]): void {
  const rows = results.map(result => [
    result.scenario,
    result.engine,
    failures(result).length === 0 ? 'pass' : 'FAIL',
    `${result.checks.length - failures(result).length}/${result.checks.length}`,
    `${(result.ms / 1000).toFixed(1)} s`,
  ])
  const head = ['SCENARIO', 'ENGINE', 'RESULT', 'CHECKS', 'TIME']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)))
  console.log('')
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
  const failed = results.flatMap(failures)
  if (failed.length > 0) console.log('\nFailed:')
  for (const check of failed)
    console.log(`  ${check.engine}  ${check.scenario}: ${check.check}: ${check.error?.split('\n')[0]}`)
  console.log('')
}

/** Writes `results.json` beside the logs of this run and as the latest result. */
export function writeJson(runDir: string, startedAt: Date, results: readonly ScenarioResult[]): string {
  const checks = results.flatMap(result => result.checks)
  const document = {
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    node: process.version,
    passed: checks.filter(check => check.ok).length,
    failed: checks.filter(check => !check.ok).length,
    scenarios: results,
  }
  const text = `${JSON.stringify(document, undefined, 2)}\n`
  mkdirSync(cacheDir, { recursive: true })
  writeFileSync(join(runDir, 'results.json'), text)
  const latest = join(cacheDir, 'results.json')
  writeFileSync(latest, text)
  return latest
}
