// The page in a real browser: what is sent appears, a dead letter is mended and sent back, on a wide screen and on a phone, light and dark.
import { test } from 'node:test'
import { launchBrowser, picture, type Screen, screens, withPage } from '@millrace/example-kit/browser'
import { patienceMs, temporaryDir, testBrokers } from '@millrace/example-kit/testing'
import type { Page } from 'playwright-core'
import { Application } from '../application.ts'

async function use(page: Page, { name }: Screen): Promise<void> {
  const post = `Post ${name} ${Date.now()}`
  await page.locator('#send [name=type]').selectOption('post.commented')
  await page.locator('#send [name=post]').fill(post)
  await page.locator('#send button').click()
  await page.locator('#feed li', { hasText: `Ben on “${post}”: How was the weather?` }).waitFor()

  const stranger = `s${Date.now()}`
  await page.locator('#send [name=type]').selectOption('user.followed')
  await page.locator('#send [name=by]').fill(stranger)
  await page.locator('#send button').click()
  await page.locator('#letters li', { hasText: `nobody is called "${stranger}"` }).waitFor()
  await picture(page, `notifications-${name}-dead-letter`)
  await page.locator('#mend [name=name]').fill(stranger)
  await page.locator('#mend [name=display]').fill(`Stranger ${stranger}`)
  await page.locator('#mend button').click()
  await page.locator('#said', { hasText: 'is called' }).waitFor()
  await page.locator('#redrive').click()
  await page.locator('#feed li', { hasText: `Stranger ${stranger} started following you` }).waitFor()
  await page.locator('#letters li', { hasText: stranger }).waitFor({ state: 'detached' })

  await page.locator('#send [name=user]').fill('not a name')
  await page.locator('#send button').click()
  await page.locator('#said.bad', { hasText: 'must be a name' }).waitFor()
  await picture(page, `notifications-${name}`)
}

test('the page shows what happens, and mends it', { timeout: 4 * patienceMs }, async t => {
  const [dataDir, remove] = temporaryDir('notifications-page')
  const redisUrl = process.env['REDIS_URL']
  const application = await Application.start({
    brokers: testBrokers(),
    dataDir,
    redisUrl,
    port: 0,
    instances: 2,
    flaky: 0,
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
