// How V8 collects the young garbage of a broker: on the thread that made it, without helpers.

/** The first answers go before it: Node takes 2 ms to load its module for this. */
const delayMs = 250

/**
 * Little of what a request leaves behind lives, so helpers on other cores find nearly nothing to do; where those cores are busy the event
 * loop waits until each has run. On two busy cores the median pause of a client was 0.3 ms without helpers where it was 0.8 to 1.9 ms, and one
 * in ten took 1 to 2 ms where it took 6 to 14; the broker's processor time for bulk loads is the same.
 */
export function collectYoungGarbageAlone(): void {
  setTimeout(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--no-parallel-scavenge')
  }, delayMs).unref()
}
