/** Names of zones. */

import { textOf } from '../shapes/plain.ts'

/** What a zone may be called. */
export const zone = textOf({ most: 63 })
