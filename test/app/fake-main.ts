/** The screen on the fake engine, for work on the screen alone: /test/app/fake.html of `npm run dev`. */

import { openFirst } from '../../src/app/edits.ts'
import { start } from '../../src/app/start.tsx'
import { fakeEngine } from './fake-engine.ts'
import { fakeScenario } from './fake-scenario.ts'

Object.assign(globalThis, { fake: { scenario: fakeScenario } })
const root = document.getElementById('root')
if (root) start(root, fakeEngine())
openFirst('fake', 'format: evenkeel/1\nname: fake\n', 0)
