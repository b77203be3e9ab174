// Applications of NestJS, of each version that the adapter is for: on the packages as they are published, compiled as Nest's own tools do it.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packAll } from '../../tools/packing.ts'
import { programsDir, repositoryDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

/** The newest of each line; 11 is of CommonJS, 12 of modules. */
const versions = [
  { nest: '11', common: '11.2.10', microservices: '11.2.6', type: 'commonjs' },
  { nest: '12', common: '12.5.1', microservices: '12.1.1', type: 'module' },
] as const

const others = ['reflect-metadata@0.2.2', 'rxjs@7.8.2', 'kafkajs@2.2.4', '@types/node@24.19.2']
const installTimeoutMs = 180_000
const sources = join(programsDir, 'nestjs')
const tsc = join(repositoryDir, 'node_modules/.bin/tsc')

async function prepare(
  stage: Stage,
  version: (typeof versions)[number],
  tarballs: readonly string[],
): Promise<string> {
  const { nest, common, microservices, type } = version
  const directory = join(stage.dir, `nest-${nest}`)
  mkdirSync(directory)
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: `nest-${nest}`, private: true, type }),
  )
  for (const name of ['application.ts', 'tsconfig.json'])
    copyFileSync(join(sources, name), join(directory, name))
  const packages = [
    `@nestjs/common@${common}`,
    `@nestjs/core@${common}`,
    `@nestjs/microservices@${microservices}`,
  ]
  const flags = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--workspaces=false']
  await stage.run('npm', [...flags, ...packages, ...others, ...tarballs], {
    cwd: directory,
    timeoutMs: installTimeoutMs,
  })
  await stage.run(tsc, ['-p', '.'], { cwd: directory })
  return join(directory, 'compiled', 'application.js')
}

export const nestjs: Scenario = {
  name: 'nestjs',
  title:
    'NestJS 11 and 12: applications on the packages as published, and Nest’s own transport on the other side',
  needs: [],
  async run(stage) {
    const tarballs = packAll(stage.dir).map(path => `file:${path}`)
    for (const version of versions) {
      const name = `NestJS ${version.nest}`
      // What is installed is built: no sources are wanted.
      const env = { NEST: version.nest, NODE_OPTIONS: '' }
      let program = ''
      const isThere = await stage.check(
        `${name}: installs, and compiles with the metadata of its decorators`,
        async () => {
          program = await prepare(stage, version, tarballs)
        },
      )
      if (isThere) await stage.program(name, process.execPath, [program], { env })
    }
  },
}
