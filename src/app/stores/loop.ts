/** Playing a chosen stretch of time again and again. */

import { brush } from './brush.ts'
import { notice } from './notice.ts'

/** Plays the chosen stretch in a loop, or no longer; says how to choose one where none is. */
export function toggleLoop(): void {
  const { span, isLooped } = brush.getState()
  if (span) brush.setState({ isLooped: !isLooped })
  else
    notice.setState({
      text: 'Drag over a chart to choose a stretch of time; then it can be played in a loop.',
    })
}
