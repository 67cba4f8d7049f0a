/** Addresses in recordings. */

import { Unfit } from '../unfit.ts'

/** An IPv4 address as a number of 32 bits. @throws Unfit when it is something else */
export function addressOf(text: string): number {
  const octets = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN))
  if (octets.length !== 4 || !octets.every((octet) => octet <= 255)) {
    throw new Unfit(`"${text}" is not an IPv4 address`)
  }
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}
