// An application's page in a real browser, wide and on a phone, light and dark.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { patienceMs } from './testing.ts'

/** Where pictures of pages go, for who wants to look at them. */
const pictures = process.env['PICTURES']

/** Screens that pages are looked at on. */
export const screens = [
  { name: 'wide-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'wide-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

export type Screen = (typeof screens)[number]

/** Debian's Chromium, or the browser that CHROMIUM names. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
}

/** Keeps a picture of a page, where somebody wants pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

/** Uses a page on a screen; fails for errors of its scripts, and for what is wider than the screen. */
export async function withPage(
  browser: Browser,
  address: string,
  screen: Screen,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: screen.viewport, colorScheme: screen.colorScheme })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await page.goto(address)
  await page.locator('#connection', { hasText: 'live' }).waitFor()
  await use(page)
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  assert.equal(overflow, 0, 'nothing is wider than the screen')
  assert.deepEqual(errors, [])
  await context.close()
}
