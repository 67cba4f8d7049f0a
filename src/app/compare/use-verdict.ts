/** Keeps the verdict in step with the lanes as long as they are on show. */

import { useEffect } from 'react'
import { connectComparison } from '../../worker/client.ts'
import { forgetGiven } from '../logs.ts'
import { type Lane, statusOf } from '../stores/runs.ts'
import { compareLanes, leaveVerdict, takeDoor } from './verdict-store.ts'

let isConnected = false

export function useVerdict(lanes: readonly Lane[]): void {
  const isReady = statusOf(lanes) === 'done'
  useEffect(() => {
    if (!isConnected) takeDoor(connectComparison(forgetGiven))
    isConnected = true
    return leaveVerdict
  }, [])
  useEffect(() => compareLanes(lanes, isReady), [lanes, isReady])
}
