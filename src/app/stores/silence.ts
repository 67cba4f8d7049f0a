/** Whether the engine has not answered for long, and how to end it then. */

import { createStore } from 'zustand/vanilla'

export const silence = createStore<{ readonly end: (() => void) | undefined }>()(() => ({ end: undefined }))
