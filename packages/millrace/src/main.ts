// Entry of the `millrace` command: runs it and turns the outcome into an exit code.
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2))
