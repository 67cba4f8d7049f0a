/** The page's entry. */

import { connect } from '../worker/client.ts'
import { start } from './start.tsx'
import { runs } from './stores/runs.ts'

const root = document.getElementById('root')
if (root)
  start(
    root,
    connect((failure) => runs.setState({ status: 'failed', failure })),
  )
