// `npm run dev`: the web app with hot reload; arguments go to Vite (`npm run dev -- --port 5000`).
import { become, checkNode, ensureInstalled, tool } from './workspace.mjs'

checkNode()
ensureInstalled()
become(tool('vite'), ['--host', '127.0.0.1', ...process.argv.slice(2)])
