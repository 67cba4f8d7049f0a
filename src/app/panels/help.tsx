/** What one sees, what one can do, and the keys for it. */

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { CHART_KEYS } from '../charts/frame/chart-keys.ts'
import { SHORTCUTS, type Shortcut } from '../controls/shortcuts.ts'
import { EDITOR_KEYS } from '../editor/editor-keys.ts'
import { Modal } from '../parts/modal.tsx'
import parts from '../parts/parts.module.css'
import css from './help.module.css'

export default function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal className={css.dialog} title="How to read and play it" titleClass={css.title} onClose={onClose}>
      <Dialog.Close className={`${parts.iconButton} ${css.close}`} aria-label="Close">
        <X size={18} aria-hidden="true" />
      </Dialog.Close>
      <div className={css.columns}>
        <section>
          <h3>What you see</h3>
          <p>
            Clients on the left send requests to a balancer, which sends each to a replica. Filled dots are
            requests on their way in; answers come back as rings, failures as other shapes: the legend under
            the stage names them.
          </p>
          <p>
            The outer edge of a replica is what is true of it. The inner edge is what the balancer believes,
            and it acts on that.
          </p>
          <p>
            The whole run is computed at once, so the charts know the future: it is drawn paler. The same
            scenario and seed give the same run, to the bit.
          </p>
          <h3>What you can do</h3>
          <p>
            Click a replica to crash it, and again to revive it. Change the strategy, the seed or any line of
            the scenario. Click a moving dot to ask why it goes there: the panel <b>Inspect</b> tells its way,
            what the balancer knew and why it failed. While that is open a click on a replica opens its page.
            A right click (or long press) on anything opens what can be done to it, and the way to its page.
            Drag over the timeline to go through time, over a chart to look at a stretch of it: charts and
            event log then show that alone. Drop an access log on the page to replay it. Undo takes everything
            back. <b>Compare</b> puts variants or other strategies side by side, on the same requests, and
            repeats the comparison until it can say what is luck.
          </p>
        </section>
        <section>
          <h3>Keys</h3>
          <Keys of={SHORTCUTS} />
          <h3>On a chart</h3>
          <Keys of={CHART_KEYS} />
          <h3>In the text of the scenario</h3>
          <Keys of={EDITOR_KEYS} />
          <p className={css.honest}>
            It is a model: simulated, not measured. What it leaves out is said in the documentation.
          </p>
        </section>
      </div>
    </Modal>
  )
}

function Keys({ of }: { readonly of: readonly Shortcut[] }) {
  return (
    <dl className={css.keys}>
      {of.map(({ keys, does }) => (
        <div key={keys}>
          <dt>{keys.split(' ').map((key) => (key === '…' ? ' … ' : <kbd key={key}>{key}</kbd>))}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
