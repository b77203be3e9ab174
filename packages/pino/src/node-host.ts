// What a line says of the process that it is from.
import { hostname } from 'node:os'

export function hostFields(): { readonly pid: number; readonly hostname: string } {
  return { pid: process.pid, hostname: hostname() }
}
