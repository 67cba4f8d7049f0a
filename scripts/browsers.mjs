// Where the three browser engines are on this machine, and what to install when one is missing.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/** @type {readonly Engine[]} */
export const engines = ['chromium', 'firefox', 'webkit']

export const aptPackages = ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb']

/**
 * The programs an engine needs, by name, each with its path or undefined if it was not found.
 * The environment variables CHROMIUM, FIREFOX and WEBKIT (a MiniBrowser) override the search.
 * @param {Engine} engine
 * @returns {Record<string, string | undefined>}
 */
export function programs(engine) {
  if (engine === 'chromium') {
    const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    return { browser: found('CHROMIUM', onPath(...names) ?? existing(mac)) }
  }
  if (engine === 'firefox') {
    const mac = '/Applications/Firefox.app/Contents/MacOS/firefox'
    return { browser: found('FIREFOX', onPath('firefox-esr', 'firefox') ?? existing(mac)) }
  }
  return {
    browser: found('WEBKIT', miniBrowser()),
    driver: onPath('WebKitWebDriver'),
    display: onPath('Xvfb'),
  }
}

/** The engines that cannot be run here. */
export function missingEngines() {
  return engines.filter((engine) => Object.values(programs(engine)).includes(undefined))
}

/** Whether an engine may be left out. Never in CI, where a check that does not run would rot unseen. */
export function mayMissEngines() {
  return process.env.EVENKEEL_BROWSERS === 'skip-missing' && !isCI()
}

function isCI() {
  return !['', '0', 'false'].includes(process.env.CI ?? '')
}

/** @param {readonly Engine[]} missing */
export function howToInstall(missing) {
  return [
    `Missing browser engines: ${missing.join(', ')}. The same run must be the same in every engine, so tests need all three.`,
    `On Debian or Ubuntu:  sudo apt-get install -y --no-install-recommends ${aptPackages.join(' ')}`,
    'Elsewhere: install Chromium or Chrome, Firefox, and WebKitGTK with its WebKitWebDriver and MiniBrowser, and Xvfb.',
    'To run without them on your own machine:  EVENKEEL_BROWSERS=skip-missing npm test',
  ].join('\n')
}

/** WebKitGTK's own small browser lies outside PATH, in a folder that is named after the architecture. */
function miniBrowser() {
  const folders = ['/usr/libexec', '/usr/lib64', '/usr/lib']
  if (existsSync('/usr/lib')) {
    const architectures = readdirSync('/usr/lib').filter((name) => name.includes('-linux-'))
    folders.push(...architectures.map((name) => `/usr/lib/${name}`))
  }
  const versions = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']
  return existing(
    ...versions.flatMap((version) => folders.map((folder) => join(folder, version, 'MiniBrowser'))),
  )
}

/**
 * What the environment names, or else what was found.
 * @param {string} variable
 * @param {string | undefined} path
 */
function found(variable, path) {
  const wanted = process.env[variable]
  return wanted ? existing(wanted) : path
}

/** @param {string[]} names */
function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return existing(...names.flatMap((name) => folders.map((folder) => join(folder, name))))
}

/** @param {string[]} paths */
function existing(...paths) {
  return paths.find(isProgram)
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
