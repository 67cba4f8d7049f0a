/** What can be done with a chart: see it as a table, enlarge, move, remove and save it. */

import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { notice } from '../../stores/notice.ts'
import type { ChartTable, Plate } from './chart-data.ts'
import css from './chart-menu.module.css'
import type { Slot } from './slot.ts'

interface ChartMenuProps {
  readonly plate: Plate
  readonly table: () => ChartTable
  readonly isTable: boolean
  readonly onTable: () => void
  readonly slot: Slot | undefined
}

const FORMATS = [
  ['png', 'Save as PNG'],
  ['svg', 'Save as SVG'],
  ['csv', 'Save as CSV'],
] as const

export function ChartMenu({ plate, table, isTable, onTable, slot }: ChartMenuProps) {
  const save = (format: (typeof FORMATS)[number][0]) => {
    // Rarely wanted: loaded when it is.
    import('../../export/save.ts')
      .then(({ saveChart }) => saveChart(format, plate, table()))
      .catch((error: unknown) => {
        notice.setState({
          text: `“${plate.title}” could not be saved: ${error instanceof Error ? error.message : error}`,
        })
      })
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={css.trigger} aria-label={`${plate.title}: more`} data-tip="More">
        <Ellipsis size={16} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={css.menu} align="end" sideOffset={2} collisionPadding={8}>
          <Item onSelect={onTable}>{isTable ? 'Show as chart' : 'Show as table'}</Item>
          {slot && !slot.isLarge && <Item onSelect={slot.enlarge}>Enlarge</Item>}
          <DropdownMenu.Separator className={css.line} />
          {FORMATS.map(([format, title]) => (
            <Item key={format} onSelect={() => save(format)}>
              {title}
            </Item>
          ))}
          {slot && !slot.isLarge && (
            <>
              <DropdownMenu.Separator className={css.line} />
              <Item isOff={slot.place === 0} onSelect={() => slot.move(-1)}>
                Move up
              </Item>
              <Item isOff={slot.place === slot.count - 1} onSelect={() => slot.move(1)}>
                Move down
              </Item>
              <Item onSelect={slot.remove}>Remove</Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  readonly children: string
  readonly isOff?: boolean
  readonly onSelect: () => void
}

function Item({ children, isOff = false, onSelect }: ItemProps) {
  return (
    <DropdownMenu.Item className={css.item} disabled={isOff} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}
