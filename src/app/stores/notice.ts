/** One sentence about something that just happened; the next takes its place. */

import { createStore } from 'zustand/vanilla'

export const notice = createStore<{ readonly text: string }>()(() => ({ text: '' }))
