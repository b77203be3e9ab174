// Compares the error table with the `Errors` of Apache Kafka, as a small Java program prints it.
import { errorTable } from '@millrace/protocol'
import { runJava } from './libs.ts'

export function errorDifferences(libs: string): string[] {
  const problems: string[] = []
  const theirs = new Map<number, { name: string; retriable: boolean }>()
  for (const line of runJava(libs, 'ErrorTable.java').trim().split('\n')) {
    const [code, name, retriable] = line.split('\t')
    theirs.set(Number(code), { name: name!, retriable: retriable === 'true' })
  }
  for (const { code, name, retriable } of errorTable) {
    const other = theirs.get(code)
    if (other === undefined) problems.push(`error ${code} ${name}: Apache Kafka has no such code`)
    else if (other.name !== name) problems.push(`error ${code}: ours ${name}; Kafka's ${other.name}`)
    else if (other.retriable !== retriable)
      problems.push(`error ${name}: retriable ${retriable}; Kafka's ${other.retriable}`)
    theirs.delete(code)
  }
  for (const [code, { name }] of theirs)
    problems.push(`error ${code} ${name}: Apache Kafka has it, we do not`)
  console.log(`${errorTable.length} error codes compared`)
  return problems
}
