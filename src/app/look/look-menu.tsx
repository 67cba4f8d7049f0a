/** How the page looks: theme, contrast, colours, presenter mode, and whether single keys do anything. */

import { Popover } from 'radix-ui'
import { type RefObject, useRef } from 'react'
import { useStore } from 'zustand'
import { Segments } from '../parts/segments.tsx'
import { view } from '../stores/view.ts'
import css from './look-menu.module.css'
import { setPresenting } from './presenter.ts'

const THEMES = [
  { value: 'system', title: 'System' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const
const CONTRASTS = [
  { value: 'system', title: 'System' },
  { value: 'normal', title: 'Normal' },
  { value: 'high', title: 'High' },
] as const
const PALETTES = [
  { value: 'standard', title: 'Okabe–Ito' },
  { value: 'vibrant', title: 'Tol vibrant' },
] as const
const KEYS = [
  { value: 'on', title: 'On' },
  { value: 'off', title: 'Off' },
] as const

interface LookMenuProps {
  /** The button that opens it. */
  readonly opener: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

export default function LookMenu({ opener, onClose }: LookMenuProps) {
  const { theme, contrast, palette, hasKeys, isPresenting } = useStore(view)
  const anchor = useRef({ getBoundingClientRect: () => new DOMRect() })
  anchor.current.getBoundingClientRect = () => opener.current?.getBoundingClientRect() ?? new DOMRect()
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className={css.box}
          aria-label="How it looks"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // The button closes it itself.
            if (opener.current?.contains(event.target as Node)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            opener.current?.focus()
          }}
        >
          <Row title="Theme">
            <Segments
              label="Theme"
              options={THEMES}
              value={theme}
              onChange={(value) => view.setState({ theme: value })}
            />
          </Row>
          <Row title="Contrast">
            <Segments
              label="Contrast"
              options={CONTRASTS}
              value={contrast}
              onChange={(value) => view.setState({ contrast: value })}
            />
          </Row>
          <Row title="Colours">
            <Segments
              label="Colours"
              options={PALETTES}
              value={palette}
              onChange={(value) => view.setState({ palette: value })}
            />
          </Row>
          <Row title="Single keys">
            <Segments
              label="Single keys"
              options={KEYS}
              value={hasKeys ? 'on' : 'off'}
              onChange={(value) => view.setState({ hasKeys: value === 'on' })}
            />
          </Row>
          <p className={css.note}>
            Both sets of colours can be told apart with every common kind of colour blindness. Single keys
            off: only keys with Ctrl do something.
          </p>
          <button
            type="button"
            className={css.present}
            onClick={() => {
              setPresenting(!isPresenting)
              onClose()
            }}
          >
            {isPresenting ? 'Leave presenter mode' : 'Presenter mode: large type, nothing but the run'}
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Row({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className={css.row}>
      <span aria-hidden="true">{title}</span>
      {children}
    </div>
  )
}
