// The page of orders: what there is, shown; what is wanted, asked.
import { ask, attempt, byId, classed, element, fieldsOf, fill, follow, say } from '/kit.js'

const feedMax = 60
const mineMax = 4
const sparkMax = 60
const shares = [0, 0.01, 0.05, 0.2, 0.5]

const money = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' })
const count = value => value.toLocaleString()
const seconds = ms =>
  ms === null ? '–' : ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
const clock = at => new Date(at).toLocaleTimeString()
const short = id => id.slice(0, 8)

for (const select of document.querySelectorAll('[data-share]'))
  select.replaceChildren(
    ...shares.map(share => {
      const option = element('option', share === 0 ? 'none' : `${share * 100} %`)
      option.value = share
      return option
    }),
  )

const speeds = []

function showSpeed(perSecond) {
  speeds.push(perSecond)
  if (speeds.length > sparkMax) speeds.shift()
  const most = Math.max(1, ...speeds)
  const points = speeds.map((speed, at) => `${(at / (sparkMax - 1)) * 120},${26 - (speed / most) * 24}`)
  document.querySelector('#spark polyline').setAttribute('points', points.join(' '))
  byId('perSecond').textContent = perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond))
}

function showNumbers(status) {
  for (const [state, orders] of Object.entries(status.orders)) byId(state).textContent = count(orders)
  const { stock, payment, totals } = status.lag
  byId('lag').textContent = count(stock + payment + totals + status.untold)
  byId('lags').textContent =
    `outbox ${count(status.untold)} · stock ${count(stock)} · payment ${count(payment)} · totals ${count(totals)}`
  byId('retrying').textContent = count(status.retrying)
  byId('retried').textContent = `${count(status.retried)} retries, ${count(status.parked)} set aside so far`
  byId('deadLetters').textContent = count(status.deadLetters)
  byId('deadLettered').textContent = `${count(status.deadLettered)} given up so far`
  byId('dead').classList.toggle('bad', status.deadLetters > 0)
  byId('waitHigh').textContent = seconds(status.waits.high)
  byId('waitNormal').textContent = `others ${seconds(status.waits.normal)}`
  showSpeed(status.perSecond)
}

function showTotals({ totals, differences, stock }) {
  const exact = byId('exact')
  exact.textContent = differences === 0 ? 'exact' : `${count(differences)} on their way`
  exact.className = `badge ${differences === 0 ? 'good' : 'warn'}`
  const rows = totals.map(({ status, orders, cents }) =>
    element(
      'tr',
      undefined,
      element('td', status),
      element('td', count(orders)),
      element('td', money.format(cents / 100)),
    ),
  )
  if (rows.length > 0) byId('totals').replaceChildren(...rows)
  byId('stock').textContent =
    `in stock: ${stock.map(({ name, available }) => `${name} ${count(available)}`).join(' · ')}`
}

function showInstances({ instances }) {
  fill(
    byId('instances'),
    instances.map(({ name, partitions }) => {
      const chips = Object.entries(partitions).map(([stage, own]) =>
        classed('span', 'chip', `${stage}: ${own.length ? own.toSorted((a, b) => a - b).join(' ') : 'none'}`),
      )
      return element('li', name, element('small', 'partitions ', ...chips))
    }),
    'none so far',
  )
}

function showLetters({ letters, reasons, deadLetters }) {
  byId('redrive').disabled = deadLetters === 0
  byId('mend').disabled = !reasons.some(({ reason }) => reason === 'poison')
  byId('reasons').replaceChildren(
    ...reasons.map(({ stage, reason, count: many }) =>
      classed('span', 'chip', `${stage}: ${reason} ${count(many)}`),
    ),
  )
  fill(
    byId('letters'),
    letters.map(({ stage, type, user, error, reason, attempts, at }) =>
      element(
        'li',
        error,
        element(
          'small',
          `${reason} · ${stage}, ${type} of ${user}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}, ${clock(at)}`,
        ),
      ),
    ),
    'none',
  )
}

/** What somebody is about to choose is not chosen for them. */
function setUnlessFocused(field, property, value) {
  if (document.activeElement !== field) field[property] = value
}

function showSwitches({ switches, generated, breakers }) {
  const { elements } = byId('switches')
  for (const [name, value] of Object.entries(switches))
    setUnlessFocused(elements[name], typeof value === 'boolean' ? 'checked' : 'value', value)
  if ([...elements.rate.options].some(option => Number(option.value) === generated))
    setUnlessFocused(elements.rate, 'value', generated)
  for (const chip of document.querySelectorAll('[data-breaker]')) {
    const state = breakers.find(({ name }) => name === chip.dataset.breaker)?.state ?? 'closed'
    chip.className = `chip ${state}`
    chip.textContent = `${chip.dataset.breaker} breaker ${state}`
  }
}

function showGoods({ stock }) {
  const { sku } = byId('place').elements
  if (sku.options.length === stock.length) return
  const chosen = sku.value
  sku.replaceChildren(
    ...stock.map(each => {
      const option = element('option', each.name)
      option.value = each.sku
      return option
    }),
  )
  sku.value = chosen
}

function showStatus(status) {
  byId('trouble').textContent = status.error ? `cannot be asked: ${status.error}` : ''
  if (status.error) return
  showNumbers(status)
  showTotals(status)
  showInstances(status)
  showLetters(status)
  showSwitches(status)
  showGoods(status)
}

/** Orders of this page, the newest first: id, what, state, quantity. */
const mine = []

function showMine() {
  byId('mine').replaceChildren(
    ...mine.map(own => {
      const isOver = own.state === 'cancelled' || own.isCancelling
      const more = classed('button', 'second', 'One more')
      const cancel = classed('button', 'second', 'Cancel')
      for (const button of [more, cancel]) button.type = 'button'
      more.addEventListener('click', () =>
        attempt(async () => {
          own.quantity++
          own.state = 'changing …'
          showMine()
          await ask('PUT', `/orders/${own.order}`, { quantity: own.quantity })
        }),
      )
      cancel.addEventListener('click', () =>
        attempt(async () => {
          own.isCancelling = true
          own.state = 'cancelling …'
          showMine()
          await ask('DELETE', `/orders/${own.order}`)
        }),
      )
      const text = `${own.quantity} × ${own.name}`
      const item = element('span', text, element('small', `${short(own.order)} · ${own.state}`))
      return element('li', undefined, item, ...(isOver ? [] : [more, cancel]))
    }),
  )
}

function showSettled({ user, order, status, cents, was, settledAt, placedAt, priority }) {
  const own = mine.find(each => each.order === order)
  if (own) {
    own.state = status
    showMine()
  }
  const feed = byId('feed')
  feed.querySelector('.empty')?.remove()
  const before = was ? `, was ${was.status}` : `, ${seconds(settledAt - placedAt)} after it was placed`
  const urgent = priority === 'high' ? ' · urgent' : ''
  feed.prepend(
    element(
      'li',
      `${user}: `,
      classed('span', status, status),
      `, ${money.format(cents / 100)}`,
      element('small', `${short(order)}${urgent} · ${clock(settledAt)}${before}`),
    ),
  )
  while (feed.children.length > feedMax) feed.lastElementChild.remove()
}

follow({ status: showStatus, settled: showSettled })

byId('place').addEventListener('submit', event => {
  event.preventDefault()
  const form = byId('place')
  const { quantity, ...rest } = fieldsOf(form)
  void attempt(async () => {
    const { order } = await ask('POST', '/orders', { ...rest, quantity: Number(quantity) })
    say(`order ${short(order)} is placed`)
    const name = form.elements.sku.selectedOptions[0].textContent
    mine.unshift({ order, name, quantity: Number(quantity), state: 'placed' })
    mine.length = Math.min(mine.length, mineMax)
    showMine()
  })
})

byId('switches').addEventListener('change', ({ target }) => {
  void attempt(async () => {
    target.blur()
    if (target.name === 'rate') await ask('PUT', '/generator', { rate: Number(target.value) })
    else
      await ask('PUT', '/switches', {
        [target.name]: target.type === 'checkbox' ? target.checked : Number(target.value),
      })
  })
})

byId('redrive').addEventListener('click', () =>
  attempt(async () => {
    byId('redrive').disabled = true
    const { sent } = await ask('POST', '/dead-letters/redrive')
    say(`${count(sent)} sent back`)
  }),
)

byId('mend').addEventListener('click', () =>
  attempt(async () => {
    byId('mend').disabled = true
    const { mended } = await ask('POST', '/dead-letters/mend')
    say(`${count(mended)} mended`)
  }),
)
