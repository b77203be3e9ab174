// The endpoint of services as they are asked for it: node:http is loaded when there is to be one, and not before.
import { checkFields } from '../check-fields.ts'
import {
  checkEndpoint,
  type HealthEndpoint,
  type ServedService,
  type ServeHealthOptions,
} from './endpoint.ts'

/**
 * Serves `/metrics`, `/healthz` (503 once a service has failed: start the process again) and `/readyz` (503 with the reason while one does not work) for the services of a process. Throws ConfigError for an address that cannot
 * be listened at.
 *
 * @example
 * await using endpoint = await serveHealth([billing, shipping], { port: 9464, host: '::' })
 * await runServices([billing, shipping])
 */
export async function serveHealth(
  services: readonly ServedService[],
  options: ServeHealthOptions = {},
): Promise<HealthEndpoint> {
  const { more: _more, ...where } = options
  checkFields('serveHealth', options, ['port', 'host', 'more'])
  checkEndpoint('serveHealth', where)
  const { openEndpoint } = await import('./node-endpoint.ts')
  return openEndpoint(services, options)
}
