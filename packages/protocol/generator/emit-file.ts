// Emits the files: one for each area, and those that list what is in all of them.
import { quote } from './defaults.ts'
import { capital } from './emit-decode.ts'
import { emitMessage } from './emit-message.ts'
import type { Area } from './load.ts'
import type { Api, Definition } from './model.ts'
import { Needs } from './needs.ts'
import { showRange } from './ranges.ts'

function banner(source: string): string {
  return `// Made by generator/main.ts from definitions/${source}: change those, then run \`npm run generate\`.`
}

export function emitArea(area: Area): string {
  const needs = new Needs()
  const parts = area.definitions.flatMap(definition => emitDefinition(definition, needs))
  return `${[`${banner(`${area.name}/*.kmsg`)}\n${needs.imports()}`, ...parts].join('\n\n')}\n`
}

function emitDefinition(definition: Definition, needs: Needs): string[] {
  const parts = definition.messages.map(message => emitMessage(message, needs))
  if (definition.api !== undefined) parts.push(emitApi(definition.api, needs))
  const formats = definition.messages.filter(message => hasFormat(message.kind))
  if (formats.length > 0) {
    const type = needs.type('RecordFormat', '../messages/record-format.ts')
    const list = formats.map(message => `  ${message.name}Format,`)
    parts.push([`export const ${formatsName(definition)}: readonly ${type}[] = [`, ...list, ']'].join('\n'))
  }
  return [`// ${definition.name}.kmsg`, ...parts]
}

function hasFormat(kind: string): boolean {
  return !['request', 'response', 'header', 'plain'].includes(kind)
}

/** `consumer-offsets` → `consumerOffsetsFormats`. */
function formatsName(definition: Definition): string {
  const [first, ...rest] = definition.name.replace(/^.*\//, '').split('-')
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

/** All APIs by ascending key. Whoever imports it loads all messages. */
export function emitApis(areas: readonly Area[]): string {
  const imports = areas.flatMap(area => {
    const names = area.definitions.flatMap(({ api }) => (api === undefined ? [] : [`  ${api.name}Api,`]))
    return names.length === 0 ? [] : ['import {', ...names, `} from './${area.name}.ts'`]
  })
  return [
    banner('*/*.kmsg'),
    "import type { Api } from '../messages/api.ts'",
    ...imports,
    '',
    '/** Every API, by ascending key. */',
    'export const apis: readonly Api[] = [',
    ...byKey(areas).map(api => `  ${api.name}Api,`),
    ']',
    '',
  ].join('\n')
}

/** What there is of each API, without its messages. */
export function emitApiVersions(areas: readonly Area[]): string {
  return [
    banner('*/*.kmsg'),
    "import type { ApiVersions } from '../messages/api.ts'",
    '',
    '/** The versions of every API, by its key: known without loading any message. */',
    'export const apiVersions: ReadonlyMap<number, ApiVersions> = new Map<number, ApiVersions>([',
    ...byKey(areas).map(({ key, name, versions, unstable }) => {
      const range = `name: ${quote(name)}, minVersion: ${versions.min}, maxVersion: ${versions.max}`
      return `  [${key}, { key: ${key}, ${range}, latestVersionUnstable: ${unstable} }],`
    }),
    '])',
    '',
  ].join('\n')
}

function byKey(areas: readonly Area[]): Api[] {
  return areas
    .flatMap(area => area.definitions)
    .flatMap(definition => (definition.api === undefined ? [] : [definition.api]))
    .sort((a, b) => a.key - b.key)
}
