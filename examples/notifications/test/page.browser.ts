// The page in a real browser: what is sent appears, a dead letter is mended and sent back, on a wide screen and on a phone, light and dark. CHROMIUM names the browser.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { Application } from '../application.ts'

const timeout = 120_000
const waitMs = 40_000
/** Where pictures of the page go, for who wants to look at them. */
const pictures = process.env['PICTURES']

const shapes = [
  { name: 'wide-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

async function use(browser: Browser, address: string, shape: (typeof shapes)[number]): Promise<void> {
  const context = await browser.newContext({ viewport: shape.viewport, colorScheme: shape.colorScheme })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(address)
  await page.locator('#connection', { hasText: 'live' }).waitFor({ timeout: waitMs })

  const post = `Post ${shape.name} ${Date.now()}`
  await page.locator('#send [name=type]').selectOption('post.commented')
  await page.locator('#send [name=post]').fill(post)
  await page.locator('#send button').click()
  await page
    .locator('#feed li', { hasText: `Ben on “${post}”: How was the weather?` })
    .waitFor({ timeout: waitMs })

  const stranger = `s${Date.now()}`
  await page.locator('#send [name=type]').selectOption('user.followed')
  await page.locator('#send [name=by]').fill(stranger)
  await page.locator('#send button').click()
  await page
    .locator('#letters li', { hasText: `nobody is called "${stranger}"` })
    .waitFor({ timeout: waitMs })
  await picture(page, `${shape.name}-dead-letter`)
  await page.locator('#mend [name=name]').fill(stranger)
  await page.locator('#mend [name=display]').fill(`Stranger ${stranger}`)
  await page.locator('#mend button').click()
  await page.locator('#said', { hasText: 'is called' }).waitFor({ timeout: waitMs })
  await page.locator('#redrive').click()
  await page
    .locator('#feed li', { hasText: `Stranger ${stranger} started following you` })
    .waitFor({ timeout: waitMs })
  await page.locator('#letters li', { hasText: stranger }).waitFor({ state: 'detached', timeout: waitMs })

  await page.locator('#send [name=user]').fill('not a name')
  await page.locator('#send button').click()
  await page.locator('#said.bad', { hasText: 'must be a name' }).waitFor({ timeout: waitMs })
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  assert.equal(overflow, 0, 'nothing is wider than the screen')
  await picture(page, shape.name)
  assert.deepEqual(errors, [])
  await context.close()
}

test('the page shows what happens, and mends it', { timeout }, async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'notifications-page-'))
  const brokers = process.env['KAFKA_URI']?.split(',')
  const application = await Application.start({ brokers, dataDir, port: 0, instances: 2, flaky: 0 })
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  t.after(async () => {
    await browser.close()
    await application.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  for (const shape of shapes) await use(browser, application.address, shape)
})
