// The page in a real browser: an order is placed, changed and cancelled, what fails is switched on and mended, on a wide screen and on a phone, light and dark.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchBrowser, picture, type Screen, screens, withPage } from '@millrace/example-kit/browser'
import { patienceMs, temporaryDir, testBrokers } from '@millrace/example-kit/testing'
import type { Page } from 'playwright-core'
import { Application } from '../application.ts'

async function order(page: Page, user: string): Promise<void> {
  await page.locator('#place [name=user]').fill(user)
  await page.locator('#place button').click()
  await page.locator('#said', { hasText: 'is placed' }).waitFor()
}

/** Sets a switch as somebody would, and waits until the server has it. */
async function toggle(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse(response => response.url().endsWith('/switches'))
  await page.locator(`#switches [name=${name}]`).click()
  assert.equal((await answered).status(), 200)
}

async function choose(page: Page, name: string, value: string): Promise<void> {
  const answered = page.waitForResponse(response => /\/(?:switches|generator)$/.test(response.url()))
  await page.locator(`#switches [name=${name}]`).selectOption(value)
  assert.equal((await answered).status(), 200)
}

async function use(page: Page, { name }: Screen): Promise<void> {
  const user = `u-${name}-${Date.now()}`
  await order(page, user)
  await page.locator('#feed li', { hasText: `${user}: completed` }).waitFor()
  const mine = page.locator('#mine li').first()
  await mine.getByText('One more').click()
  await mine.getByText('2 ×').waitFor()
  await mine.getByText('completed').waitFor()
  await mine.getByText('Cancel').click()
  await page.locator('#feed li', { hasText: `${user}: cancelled` }).waitFor()

  await choose(page, 'rate', '50')
  await toggle(page, 'providerDown')
  await page.locator('[data-breaker=payment].open, [data-breaker=payment].half-open').waitFor()
  await picture(page, `orders-${name}-provider-down`)
  await toggle(page, 'providerDown')
  await page.locator('[data-breaker=payment].closed').waitFor()

  await choose(page, 'badCards', '0.2')
  await choose(page, 'poison', '0.05')
  await page.locator('#reasons', { hasText: 'payment: fatal' }).waitFor()
  await page.locator('#reasons', { hasText: 'stock: poison' }).waitFor()
  await picture(page, `orders-${name}-dead-letters`)
  for (const each of ['badCards', 'poison', 'rate']) await choose(page, each, '0')
  // What is on its way may still fail.
  for (const waiting of ['#lag', '#retrying']) await page.locator(waiting).getByText(/^0$/).waitFor()
  await page.locator('#mend').click()
  await page.locator('#said', { hasText: 'mended' }).waitFor()
  await page.locator('#redrive').click()
  await page.locator('#said', { hasText: 'sent back' }).waitFor()
  await page.locator('#letters', { hasText: 'none' }).waitFor()
  await page.locator('#exact', { hasText: 'exact' }).waitFor()

  await page.locator('#place [name=user]').fill('not a name')
  await page.locator('#place button').click()
  await page.locator('#said.bad', { hasText: 'must be a name' }).waitFor()
  await picture(page, `orders-${name}`)
}

test('the page shows what becomes of orders, and mends what has failed', {
  timeout: 6 * patienceMs,
}, async t => {
  const [dataDir, remove] = temporaryDir('orders-page')
  const application = await Application.start({
    brokers: testBrokers(),
    databaseUrl: process.env['DATABASE_URL'],
    dataDir,
    prefix: `page-${process.pid}-${Date.now().toString(36)}-`,
    port: 0,
    instances: 2,
    rate: 0,
    isQuiet: true,
  })
  const browser = await launchBrowser()
  t.after(async () => {
    await browser.close()
    await application.stop()
    remove()
  })
  for (const screen of screens)
    await withPage(browser, application.address, screen, page => use(page, screen))
})
