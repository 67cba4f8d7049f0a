/** The main journey in WebKit, with the built app: play, crash, undo, edit, compare, come back. */
import { expect, inject, test } from 'vitest'
import { browserPath, isLeftOut } from '../engines/engines.ts'
import { openWebKit } from '../engines/webkit.ts'

/** Elements of the page, as expressions in it. */
const one = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`
const count = (selector: string) => `document.querySelectorAll(${JSON.stringify(selector)}).length`
const named = (selector: string, name: string) =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].find((element) =>
    (element.getAttribute('aria-label') ?? element.textContent).trim().startsWith(${JSON.stringify(name)}))`
const at = `Number(${one('[aria-label="Time"]')}.getAttribute('aria-valuenow'))`
const isReady = `${one('[aria-label="Key figures of the whole run"][aria-busy="false"]')} !== null`
const hash = `${named('dt', 'Fingerprint')}?.nextElementSibling?.textContent`
const crashed = count('.stage-replica[data-condition="crashed"]')

const END = '\uE010'
const ENTER = '\uE007'

test.skipIf(isLeftOut('webkit'))('WebKit: plays, is touched, edited, compared and comes back', async () => {
  const page = await openWebKit(browserPath('webkit'), inject('appUrl'))
  try {
    await page.evaluate(`window.seen = [], addEventListener('error', ({ message }) => seen.push(message)),
      addEventListener('unhandledrejection', ({ reason }) => seen.push(String(reason))),
      console.error = (...words) => seen.push(words.join(' ')), 0`)
    await page.until(isReady)
    await page.until(`${at} > 0`)
    await page.click(named('button', 'Pause'))
    await page.click(named('[role="tab"]', 'Figures'))
    await page.until(`Boolean(${hash})`)
    const whole = JSON.stringify(await page.evaluate(hash))

    // Time: the end by a key, and an instant by a click in the middle of it.
    await page.evaluate(`${one('[aria-label="Time"]')}.focus()`)
    await page.press(END)
    await page.until(`${at} >= 59`)
    await page.click(one('[aria-label="Time"]'))
    await page.until(`Math.abs(${at} - 30) < 2`)
    const stood = Number(await page.evaluate(at))
    await page.click(named('button', 'Play'))
    await page.until(`${at} > ${stood}`)
    await page.click(named('button', 'Pause'))

    // Touch: a click crashes a replica, which is another run; undone, it is the first again.
    await page.click(one('.stage-replica'))
    await page.until(`${crashed} === 1`)
    await page.until(`${isReady} && ${hash} !== ${whole}`)
    await page.click(named('button', 'Undo: crash web/1'))
    await page.until(`${crashed} === 0 && ${isReady} && ${hash} === ${whole}`)

    // Text: a line is typed into the editor, and runs.
    await page.click(named('[role="tab"]', 'Scenario'))
    await page.click(named('.cm-line', 'replicas: 4'))
    await page.press(END, '\uE003', '5')
    await page.until(`${count('.stage-replica')} === 5`)

    // Lanes: another strategy beside it, also after a reload.
    await page.evaluate(`${one('[aria-label="Compare with another strategy"]')}.focus()`)
    await page.press(ENTER)
    await page.click(named('[role="option"]', 'Two choices'))
    await page.until(`${named('section, [role="region"]', 'Lane 2: Two choices')} !== undefined`)
    expect(await page.evaluate('seen')).toEqual([])
    const left = Number(await page.evaluate(at))
    await page.reload()
    await page.until(`${named('section, [role="region"]', 'Lane 2: Two choices')} !== undefined`)
    await page.until(`${count('.stage-replica')} === 10`)
    await page.until(`Math.abs(${at} - ${left}) < 0.5`)
  } finally {
    await page.close()
  }
})
