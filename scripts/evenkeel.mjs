// `npm run evenkeel -- …`: the command line, built first if its sources changed.
// Standard output belongs to the command alone.
import { join } from 'node:path'
import { become, checkNode, ensureBuilt, ensureInstalled, fail, root, targets } from './workspace.mjs'

checkNode()
ensureInstalled()
if (!ensureBuilt('cli')) fail('the command line does not build (see above)')
become(join(root, targets.cli.main), process.argv.slice(2))
