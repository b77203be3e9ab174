// The whole application as a user runs it: notifications by HTTP, messages kept by a group of processes, failures, the live page.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Ask, askAt, patienceMs, temporaryDir, testBrokers, until } from '@millrace/example-kit/testing'
import { Application, type ApplicationOptions } from '../application.ts'
import { messagesPerUser } from '../messages/message-store.ts'
import { openStore } from '../messages/open-store.ts'
import type { Status } from '../status.ts'
import type { Message } from '../topics.ts'

const timeout = 2 * patienceMs
/** Messages are kept in Redis where there is one. */
const redisUrl = process.env['REDIS_URL']

interface Started {
  readonly application: Application
  readonly ask: Ask
  stop(): Promise<void>
}

async function start(options: Partial<ApplicationOptions> = {}): Promise<Started> {
  const [dataDir, remove] = temporaryDir('notifications')
  const application = await Application.start({
    brokers: testBrokers(),
    dataDir,
    redisUrl,
    port: 0,
    instances: 2,
    flaky: 0,
    // The same always: who comes back under its name within its session is given what it had, retry topics and all.
    retryDelaysMs: [100, 500],
    ...options,
  })
  return {
    application,
    ask: askAt(application.address),
    async stop() {
      await application.stop()
      remove()
    },
  }
}

/** The application of the tests that leave it as it was, or as good. */
let shared: Started
before(async () => {
  shared = await start()
})
after(() => shared.stop())

test('messages are kept by two processes, and who does not keep up finds them by asking', {
  timeout,
}, async () => {
  const { ask } = shared
  const user = `u${Date.now()}`
  for (let number = 0; number < 20; number++) {
    const to = number < 10 ? user : `${user}-${number}`
    const answer = await ask('POST', `/users/${to}/notifications`, {
      type: 'post.liked',
      by: 'ben',
      post: `post ${number}`,
    })
    assert.equal(answer.status, 200)
  }
  const messages = await until('ten messages', async () => {
    const { body } = await ask<Message[]>('GET', `/users/${user}/messages`)
    return body.length === 10 ? body : undefined
  })
  assert.deepEqual(
    messages.map(({ text }) => text).toSorted(),
    Array.from({ length: 10 }, (_, number) => `Ben likes “post ${number}”`).toSorted(),
  )
  const status = await until('two processes with partitions', async () => {
    const { body } = await ask<Status>('GET', '/status')
    const isShared =
      body.instances?.length === 2 && body.instances.every(({ partitions }) => partitions.length === 3)
    return isShared && body.lag === 0 ? body : undefined
  })
  assert.deepEqual(
    status.instances.flatMap(({ partitions }) => partitions).toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5],
  )
})

test('a process that dies loses nothing, and comes back', { timeout }, async () => {
  const { application, ask } = shared
  const user = `u${Date.now()}`
  const send = (number: number) =>
    ask('POST', `/users/${user}-${number % 12}/notifications`, {
      type: 'post.liked',
      by: 'ben',
      post: `post ${number}`,
    })
  for (let number = 0; number < 60; number++) await send(number)
  const victim = application.workers.get('notifier-1')!
  victim.kill('SIGKILL')
  for (let number = 60; number < 120; number++) await send(number)
  await until('120 messages', async () => {
    const users = Array.from({ length: 12 }, (_, index) => `${user}-${index}`)
    const counts = await Promise.all(
      users.map(async each => (await ask<Message[]>('GET', `/users/${each}/messages`)).body.length),
    )
    return counts.reduce((sum, count) => sum + count, 0) === 120 ? true : undefined
  })
  await until('the process is back', async () =>
    application.workers.get('notifier-1') !== victim ? true : undefined,
  )
})

test('the live page hears of messages as they are kept', { timeout }, async () => {
  const { application, ask } = shared
  const user = `u${Date.now()}`
  const leaving = new AbortController()
  const response = await fetch(`${application.address}/live`, { signal: leaving.signal })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  await ask('POST', `/users/${user}/notifications`, { type: 'user.followed', by: 'chioma' })
  let heard = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    heard += chunk
    if (heard.includes(user) && heard.includes('event: status')) break
  }
  leaving.abort()
  assert.match(heard, /"text":"Chioma started following you"/)
})

test('bad requests are told what is wrong with them, and harm nobody', { timeout }, async () => {
  const { ask } = shared
  const refused: readonly (readonly [string, string, object | undefined, number, RegExp])[] = [
    [
      'POST',
      '/users/anna/notifications',
      { type: 'user.eaten', by: 'ben' },
      400,
      /type must be "user.followed"/,
    ],
    ['POST', '/users/anna/notifications', { type: 'user.followed' }, 400, /by must be a name/],
    [
      'POST',
      '/users/anna/notifications',
      { type: 'post.liked', by: 'ben', post: ' ' },
      400,
      /post must be a text/,
    ],
    ['POST', '/users/anna/notifications', undefined, 400, /no JSON object/],
    [
      'POST',
      `/users/${'a'.repeat(65)}/notifications`,
      { type: 'user.followed', by: 'ben' },
      400,
      /user|key|name/,
    ],
    [
      'POST',
      '/users/anna/notifications',
      { type: 'user.followed', by: 'x'.repeat(70_000) },
      413,
      /65536 bytes/,
    ],
    ['GET', '/nowhere', undefined, 404, /no GET \/nowhere/],
  ]
  for (const [method, path, body, status, message] of refused) {
    const answer = await ask<{ error: string }>(method, path, body)
    assert.equal(answer.status, status, path)
    assert.match(answer.body.error, message)
  }
})

test('a store keeps each message once, and the latest of each user', async () => {
  const [dir, remove] = temporaryDir('notifications-store')
  const store = await openStore({ file: join(dir, 'messages.sqlite'), redisUrl })
  const [anna, ben] = [`anna-${Date.now()}`, `ben-${Date.now()}`]
  try {
    const before = await store.count()
    const message = (number: number): Message => ({
      id: `id-${number}`,
      text: `${number}`,
      at: number,
      instance: 'i',
    })
    for (let number = 0; number < messagesPerUser + 5; number++)
      assert.ok(await store.keep(anna, message(number)))
    assert.equal(await store.keep(anna, message(20)), false)
    await store.keep(ben, message(1))
    const texts = (await store.latest(anna)).map(({ text }) => text)
    assert.equal(texts.length, messagesPerUser)
    assert.equal(texts[0], String(messagesPerUser + 4))
    const now = await store.count()
    assert.deepEqual([now.messages - before.messages, now.users - before.users], [messagesPerUser + 1, 2])
    assert.equal(await store.displayName(anna), undefined)
    await store.setDisplayName(anna, 'Anna')
    await store.setDisplayName(anna, 'Anna B.')
    assert.equal(await store.displayName(anna), 'Anna B.')
  } finally {
    await store.close()
    remove()
  }
})

test('what fails for now is tried again, what cannot succeed is a dead letter, and sent back when it is mended', {
  timeout,
}, async () => {
  // One at a time: on a cluster that is shared they would be members of one group, with the same names.
  await shared.stop()
  shared = await start({ flaky: 0.3 })
  const { ask } = shared
  const user = `u${Date.now()}`
  const stranger = `s${Date.now()}`
  await ask('POST', `/users/${user}/notifications`, { type: 'user.followed', by: stranger })
  for (let number = 0; number < 20; number++)
    await ask('POST', `/users/${user}/notifications`, {
      type: 'post.liked',
      by: 'emi',
      post: `post ${number}`,
    })
  const [letter] = await until('a dead letter', async () => {
    const { body } = await ask<Status>('GET', '/status')
    const found = body.letters?.filter(({ by }) => by === stranger)
    return found?.length === 1 ? found : undefined
  })
  assert.deepEqual(
    { user: letter!.user, type: letter!.type, error: letter!.error },
    { user, type: 'user.followed', error: `nobody is called "${stranger}"` },
  )
  await ask('PUT', `/profiles/${stranger}`, { display: 'A Stranger' })
  const redriven = await ask<{ sent: number }>('POST', '/dead-letters/redrive')
  assert.ok(redriven.body.sent >= 1)
  const found = await until('all messages', async () => {
    const { body } = await ask<Message[]>('GET', `/users/${user}/messages`)
    if (body.length === 21) return body
    // A busy directory may have used up all attempts of one.
    await ask('POST', '/dead-letters/redrive')
    return undefined
  })
  assert.ok(found.some(({ text }) => text === 'A Stranger started following you'))
})
