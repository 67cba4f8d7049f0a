// `npm start`: the built web app on this machine only.
import { parseArgs } from 'node:util'
import { checkNode, ensureBuilt, ensureInstalled, fail, root } from './workspace.mjs'

const usage = 'npm start [-- --port N]'
const defaultPort = 4173

checkNode()
const askedPort = readPort()
ensureInstalled()
if (!ensureBuilt('web')) fail('the web app does not build (see above)')

const { preview } = await import('vite')
const server = await preview({
  root,
  logLevel: 'error',
  preview: { host: '127.0.0.1', port: askedPort ?? defaultPort, strictPort: askedPort !== undefined },
}).catch((error) => fail(explain(error)))

process.stdout.write(`Evenkeel is at ${server.resolvedUrls?.local[0]} (Ctrl-C ends it)\n`)
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, stop)

async function stop() {
  const late = setTimeout(() => process.exit(0), 1000) // a browser may hold its connection open
  await server.close()
  clearTimeout(late)
  process.exit(0)
}

/** The port that was asked for, if any. */
function readPort() {
  try {
    const options = /** @type {const} */ ({ port: { type: 'string' }, help: { type: 'boolean', short: 'h' } })
    const { port, help } = parseArgs({ options }).values
    if (help) {
      process.stdout.write(
        `${usage}\n\nServes the web app on 127.0.0.1, port ${defaultPort} or the next free one.\n`,
      )
      process.exit(0)
    }
    if (port === undefined) return undefined
    const number = Number(port)
    if (!/^\d+$/.test(port) || number < 1 || number > 65535) {
      fail(`--port wants a whole number from 1 to 65535, not '${port}'`, 2)
    }
    return number
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\.\s|\n/)
    return fail(`${sentence} (usage: ${usage})`, 2)
  }
}

/** @param {unknown} error */
function explain(error) {
  const message = error instanceof Error ? error.message : String(error)
  if (/already in use|EADDRINUSE/.test(message)) {
    return `port ${askedPort} is in use; choose another one, or leave out --port to get a free one`
  }
  if (/EACCES/.test(message)) return `port ${askedPort} is not allowed for this user; choose one above 1023`
  return message
}
