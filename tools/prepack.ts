// Makes a package ready to be packed: builds `dist` from its sources and puts the licence beside it. Runs as every package's `prepack`.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const directory = process.cwd()

if (!existsSync(`${directory}/README.md`))
  throw new Error(`${directory} has no README.md; a published package needs one`)
rmSync(`${directory}/dist`, { recursive: true, force: true })
execFileSync(`${root}/node_modules/.bin/tsc`, ['-b', directory], { stdio: 'inherit', cwd: root })
copyFileSync(`${root}/LICENSE`, `${directory}/LICENSE`)
