// Which API keys this broker answers, and where the code for each is. A key that is not here is not advertised.
// Handlers load on first use: a broker that nobody asks for elections does not pay for the code at start.
import type { Handler } from './handler.ts'

type Load = () => Promise<Handler>

export const handlerTable: ReadonlyMap<number, Load> = new Map<number, Load>([])
