/**
 * The few WebDriver calls that use a page in WebKitGTK's MiniBrowser, which needs an X display:
 * Xvfb picks a free one. (https://www.w3.org/TR/webdriver2/)
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A page in WebKit, to be used as a person does. Ends with `close`. */
export interface WebKitPage {
  /** The value of an expression in the page, awaited if it is a promise, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>
  /** Waits until an expression in the page is true. */
  until(expression: string): Promise<void>
  /** Clicks in the middle of the element that an expression gives, once there is one. */
  click(element: string): Promise<void>
  /** Presses keys, one after the other, where the focus is. */
  press(...keys: string[]): Promise<void>
  reload(): Promise<void>
  close(): Promise<void>
}

/** Longest wait for something on a page. */
const PATIENCE_MS = 20_000

export async function openWebKit(miniBrowser: string, url: string): Promise<WebKitPage> {
  const children: ChildProcess[] = []
  const endAll = async () => {
    for (const child of children.reverse()) await end(child)
  }
  try {
    const DISPLAY = await startDisplay(children)
    const port = await freePort()
    const options = ['--host=127.0.0.1', `--port=${port}`]
    children.push(spawn('WebKitWebDriver', options, { stdio: 'ignore', env: { ...process.env, DISPLAY } }))
    const driver = `http://127.0.0.1:${port}`
    await untilReady(driver)
    const session = await startSession(driver, miniBrowser)
    await call('POST', `${session}/url`, { url })
    const end = () => call('DELETE', session).finally(endAll)
    return { ...pageOf(session), close: async () => void (await end()) }
  } catch (error) {
    await endAll()
    throw error
  }
}

export async function evaluateInWebKit(
  miniBrowser: string,
  url: string,
  expression: string,
): Promise<unknown> {
  const page = await openWebKit(miniBrowser, url)
  try {
    return await page.evaluate(expression)
  } finally {
    await page.close()
  }
}

async function startSession(driver: string, miniBrowser: string): Promise<string> {
  const options = { binary: miniBrowser, args: ['--automation'] }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } }
  const { sessionId } = (await call('POST', `${driver}/session`, { capabilities })) as { sessionId: string }
  const session = `${driver}/session/${sessionId}`
  await call('POST', `${session}/timeouts`, { script: 120_000, pageLoad: 60_000 })
  return session
}

function pageOf(session: string): Omit<WebKitPage, 'close'> {
  async function evaluate(expression: string): Promise<unknown> {
    const script = `const done = arguments[0];
      (async () => ({ json: JSON.stringify(await (${expression})) }))().then(done, (e) => done({ error: String(e) }))`
    const outcome = (await call('POST', `${session}/execute/async`, { script, args: [] })) as Outcome
    if (outcome.error !== undefined) throw new Error(`in WebKit: ${outcome.error}`)
    return outcome.json === undefined ? undefined : JSON.parse(outcome.json)
  }

  async function until(expression: string): Promise<void> {
    const began = performance.now()
    while (!(await evaluate(expression))) {
      if (performance.now() - began > PATIENCE_MS) throw new Error(`in WebKit, in vain: ${expression}`)
      await wait(50)
    }
  }

  return {
    evaluate,
    until,
    async click(element) {
      // What is there may still be moving, or be drawn anew.
      for (const began = performance.now(); ; ) {
        await until(`Boolean(${element})`)
        const script = `return ${element}`
        try {
          const found = (await call('POST', `${session}/execute/sync`, { script, args: [] })) as object
          await call('POST', `${session}/element/${Object.values(found)[0]}/click`, {})
          return
        } catch (error) {
          if (!/not interactable|stale/.test(String(error)) || performance.now() - began > PATIENCE_MS)
            throw error
          await wait(100)
        }
      }
    },
    async press(...keys) {
      const actions = keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await call('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] })
    },
    async reload() {
      await call('POST', `${session}/refresh`, {})
    },
  }
}

interface Outcome {
  readonly json?: string
  readonly error?: string
}

/** Starts an X server without a screen and returns its name, such as ":99". */
async function startDisplay(children: ChildProcess[]): Promise<string> {
  const options = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  children.push(server)
  const number = new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()))
    server.once('error', reject)
    server.once('exit', () => reject(new Error('Xvfb ended before it had a display')))
  })
  return `:${await number}`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function untilReady(driver: string): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      await call('GET', `${driver}/status`)
      return
    } catch (error) {
      if (left === 0) throw new Error('WebKitWebDriver does not answer', { cause: error })
      await wait(100)
    }
  }
}

async function call(method: string, address: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null }
  if (!response.ok) throw new Error(`WebKitWebDriver: ${value?.error}: ${value?.message}`)
  return value
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}
