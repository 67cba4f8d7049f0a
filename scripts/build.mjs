// `npm run build`: the web app into dist/ and the command line into dist-cli/.
import { build, checkNode, ensureInstalled, fail, say } from './workspace.mjs'

checkNode()
ensureInstalled()
if (!build('web')) fail('the web app does not build (see above)')
if (!build('cli')) fail('the command line does not build (see above)')
say('Built dist/ (web app) and dist-cli/ (command line).')
