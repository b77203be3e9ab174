// Types of topics, which the application says once: `declare module '@millrace/fastify'`.
import type { Topics } from './options.ts'

/**
 * What the application says of its plugins, by name; `default` for the one without a name: `declare module '@millrace/fastify' { interface MillraceRegistry { default: { topics: typeof topics } } }`.
 */
export interface MillraceRegistry {}

/** The topics of a plugin, as far as the application has said. */
export type TopicsOf<Name extends string> =
  MillraceRegistry extends Readonly<Record<Name, { readonly topics: infer Known extends Topics }>>
    ? Known
    : Topics
