// What a handler threw, before Nest's filters made an answer of it: retries and dead letters go by the error, its class and its stack.
import type { Classify } from '@millrace/service'
import { type ArgumentsHost, HttpException } from '@nestjs/common'
import { BaseRpcExceptionFilter } from '@nestjs/microservices'
import type { Observable } from 'rxjs'
import { MillraceContext } from './millrace-context.ts'

const causes = new WeakMap<MillraceContext, unknown>()
let isKept = false

type Answer = (this: BaseRpcExceptionFilter, exception: unknown, host: ArgumentsHost) => Observable<unknown>

/**
 * Has Nest's own filter remember what it was given. It answers every error that it does not know with "Internal server error", and a transport sees that answer only: nothing would be left for a dead
 * letter to say, and a FatalError would be tried again. What the filter does stays as it is, and filters of the application, whose answers count as they are, are not touched.
 */
export function keepCauses(): void {
  if (isKept) return
  isKept = true
  const { prototype } = BaseRpcExceptionFilter
  const { value: answer } = Object.getOwnPropertyDescriptor(prototype, 'catch') as { readonly value: Answer }
  prototype.catch = function (this: BaseRpcExceptionFilter, exception: unknown, host: ArgumentsHost) {
    const context: unknown = host.getArgByIndex(1)
    if (context instanceof MillraceContext && !causes.has(context)) causes.set(context, exception)
    return answer.call(this, exception, host)
  }
}

/** The error behind what a handler's result failed with. */
export function causeOf(context: MillraceContext, thrown: unknown): Error {
  if (thrown instanceof Error) return thrown
  const cause = causes.get(context)
  return cause instanceof Error ? cause : errorOf(thrown)
}

/** Filters answer with objects and texts. */
function errorOf(thrown: unknown): Error {
  const { message } = (thrown ?? {}) as { readonly message?: unknown }
  const error = new Error(typeof message === 'string' ? message : textOf(thrown), { cause: thrown })
  error.name = 'RpcException'
  return error
}

function textOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  try {
    return JSON.stringify(thrown) ?? String(thrown)
  } catch {
    return 'an error without a text'
  }
}

/** Statuses of a client's errors that may pass: time-out, too early, too many requests. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])

/** What errors of Nest mean where they do not say it themselves: a message that a pipe or guard refuses will be refused again. */
export function nestClassify(own: Classify | undefined): Classify {
  return error => own?.(error) ?? (isRefusal(error) ? 'fatal' : undefined)
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof HttpException)) return false
  const status = error.getStatus()
  return status >= 400 && status < 500 && !passing.has(status)
}
