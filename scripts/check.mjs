// `npm run check`: the fast half of `npm test`, without build and tests.
import { runChecks } from './checks.mjs'
import { checkNode, ensureInstalled, say } from './workspace.mjs'

checkNode()
ensureInstalled()
const { failed } = runChecks()
say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
