/** The page's entry. */

import { connect } from '../worker/client.ts'
import { onDeath } from './engine.ts'
import { start } from './start.tsx'
import { silence } from './stores/silence.ts'

const root = document.getElementById('root')
if (root)
  start(
    root,
    connect(onDeath, (end) => silence.setState({ end })),
  )
