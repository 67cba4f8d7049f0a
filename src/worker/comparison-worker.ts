/** Comparisons in the background, so that the engine of the screen has nothing else to do. */

import { expose } from 'comlink'
import { comparisonDoor } from './comparison-door.ts'

expose(comparisonDoor())
