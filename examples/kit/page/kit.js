// What the applications' pages do alike: elements, questions to the server, and its events as they come.

export const byId = id => document.getElementById(id)

/** An element with text, or none, and what stands in it. */
export function element(name, text, ...children) {
  const made = document.createElement(name)
  made.append(...(text === undefined ? [] : [text]), ...children)
  return made
}

/** The same with a class. */
export function classed(name, className, text, ...children) {
  const made = element(name, text, ...children)
  made.className = className
  return made
}

/** Puts items into a list, or says that there are none. */
export function fill(list, items, empty) {
  list.replaceChildren(...(items.length === 0 ? [classed('li', 'empty', empty)] : items))
}

/** Says in `#said` how it went. */
export function say(text, isBad = false) {
  byId('said').textContent = text
  byId('said').classList.toggle('bad', isBad)
}

/** Asks the server; throws what it refuses. */
export async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** Does something, and says what goes wrong. */
export function attempt(work) {
  return work().catch(error => say(error.message, true))
}

/** What a form holds, by the names of its fields. */
export function fieldsOf(form) {
  return Object.fromEntries(new FormData(form))
}

/** Hears the server's events: handlers by name, each with what it was told. `#connection` says whether it does. */
export function follow(handlers) {
  const live = new EventSource('/live')
  const tell = (text, isLost) => {
    byId('connection').textContent = text
    byId('connection').classList.toggle('lost', isLost)
  }
  live.addEventListener('open', () => tell('live', false))
  live.addEventListener('error', () => tell('connection lost, trying again', true))
  for (const [name, handle] of Object.entries(handlers))
    live.addEventListener(name, ({ data }) => handle(JSON.parse(data)))
}
