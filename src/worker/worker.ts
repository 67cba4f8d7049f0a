/** The engine behind its door: computes runs in slices, so that it can be asked about them meanwhile. */

import { expose } from 'comlink'
import { doorOf } from './door.ts'

expose(doorOf())
