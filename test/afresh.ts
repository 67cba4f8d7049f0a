/**
 * Before every test file: the process may have run another one. The app's modules are loaded anew, with empty
 * stores, and what a test put in the place of the browser's things is gone. The simulator's rooms stay: all their
 * state is in what they are given, and a product's worker runs one scenario after the other, too.
 */
import { vi } from 'vitest'

vi.resetModules()
vi.useRealTimers()
vi.restoreAllMocks()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
