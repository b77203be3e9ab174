// Emits the files: one for each definition file, and the one that exports them all.
import { capital } from './emit-decode.ts'
import { emitMessage } from './emit-message.ts'
import type { Api, Definition } from './model.ts'
import { Needs } from './needs.ts'
import { showRange } from './ranges.ts'

function banner(source: string): string {
  return `// Made by generator/main.ts from definitions/${source}: change that, then run \`npm run generate\`.`
}

export function emitDefinition(definition: Definition): string {
  const needs = new Needs()
  const parts = definition.messages.map(message => emitMessage(message, needs))
  if (definition.api !== undefined) parts.push(emitApi(definition.api, needs))
  const formats = definition.messages.filter(message => hasFormat(message.kind))
  if (formats.length > 0) {
    const type = needs.type('RecordFormat', '../messages/record-format.ts')
    const list = formats.map(message => `  ${message.name}Format,`)
    parts.push([`export const ${formatsName(definition)}: readonly ${type}[] = [`, ...list, ']'].join('\n'))
  }
  return `${[`${banner(`${definition.name}.kmsg`)}\n${needs.imports()}`, ...parts].join('\n\n')}\n`
}

function hasFormat(kind: string): boolean {
  return !['request', 'response', 'header', 'plain'].includes(kind)
}

/** `consumer-offsets` → `consumerOffsetsFormats`. */
function formatsName(definition: Definition): string {
  const [first, ...rest] = definition.name.split('-')
  return `${first}${rest.map(capital).join('')}Formats`
}

function emitApi(api: Api, needs: Needs): string {
  const { name } = api
  const type = needs.type('Api', '../messages/api.ts')
  const flexible = Number.isFinite(api.flexibleFrom) ? `${api.flexibleFrom}` : 'Infinity'
  return [
    `/** API key ${api.key}, versions ${showRange(api.versions)}. */`,
    `export const ${name}Api: ${type}<${name}Request, ${name}RequestInit, ${name}Response, ${name}ResponseInit> = {`,
    `  key: ${api.key},`,
    `  name: '${name}',`,
    `  minVersion: ${api.versions.min},`,
    `  maxVersion: ${api.versions.max},`,
    `  flexibleFrom: ${flexible},`,
    `  latestVersionUnstable: ${api.unstable},`,
    `  encodeRequest: encode${name}Request,`,
    `  decodeRequest: decode${name}Request,`,
    `  encodeResponse: encode${name}Response,`,
    `  decodeResponse: decode${name}Response,`,
    '}',
  ].join('\n')
}

/** The file that exports all others and lists the APIs by key. */
export function emitIndex(definitions: readonly Definition[]): string {
  const apis = definitions.filter(definition => definition.api !== undefined)
  return [
    banner('*.kmsg'),
    "import type { Api } from '../messages/api.ts'",
    ...apis.map(definition => `import { ${definition.api!.name}Api } from './${definition.name}.ts'`),
    '',
    ...definitions.map(definition => `export * from './${definition.name}.ts'`),
    '',
    '/** Every API, by ascending key. */',
    'export const apis: readonly Api[] = [',
    ...apis.map(definition => `  ${definition.api!.name}Api,`),
    ']',
    '',
  ].join('\n')
}
