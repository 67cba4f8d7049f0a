/** A dialog that covers the page until it is closed; then the focus is where it was. */

import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import css from './modal.module.css'
import unseen from './unseen.module.css'
import { useFocusBack } from './use-focus-back.ts'

interface ModalProps {
  readonly title: string
  /** How the title looks; left out: only screen readers say it. */
  readonly titleClass?: string | undefined
  /** Where the dialog lies. */
  readonly className: string | undefined
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Modal({ title, titleClass = unseen.words, className, onClose, children }: ModalProps) {
  const onCloseAutoFocus = useFocusBack()
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className={css.cover} />
        <Dialog.Content
          className={`${css.modal} ${className}`}
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <Dialog.Title className={titleClass}>{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
