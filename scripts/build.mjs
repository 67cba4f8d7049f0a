// `npm run build`: the web app into dist/, the command line into dist-cli/, the library into dist-lib/.
import { build, checkNode, ensureInstalled, fail, say } from './workspace.mjs'

checkNode()
ensureInstalled()
if (!build('web')) fail('the web app does not build (see above)')
if (!build('cli')) fail('the command line does not build (see above)')
if (!build('lib')) fail('the library does not build (see above)')
say('Built dist/ (web app), dist-cli/ (command line) and dist-lib/ (library).')
