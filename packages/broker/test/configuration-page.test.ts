// The page of all settings is what the tables say.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { configurationPage, configurationPath } from '../generator/configuration.ts'

test('CONFIGURATION.md says what the tables say', () => {
  assert.equal(
    readFileSync(configurationPath, 'utf8'),
    configurationPage(),
    'run `node packages/broker/generator/configuration.ts`',
  )
})
