/** Wheel, drag and pinch on an element, as zooming and panning. A drag that has moved is no click. */

export interface Gestures {
  /** Whether there is anything to pan. */
  isClose(): boolean
  /** Around a point of the element. */
  zoom(factor: number, x: number, y: number): void
  pan(dx: number, dy: number): void
}

/** A pointer that moves less means a click. */
const THRESHOLD = 5
const WHEEL = 0.0022
/** A wheel that counts in lines. */
const LINE = 24

interface Finger {
  x: number
  y: number
}

/** Listens until the returned function is called. */
export function listenToGestures(node: HTMLElement, { isClose, zoom, pan }: Gestures): () => void {
  const fingers = new Map<number, Finger>()
  let hasMoved = false
  const at = ({ clientX, clientY }: { clientX: number; clientY: number }): Finger => {
    const { left, top } = node.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  function onWheel(event: WheelEvent): void {
    const lines = event.deltaMode === 1 ? LINE : 1
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      const { x, y } = at(event)
      zoom(Math.exp(-event.deltaY * lines * WHEEL), x, y)
    } else if (isClose()) {
      event.preventDefault()
      const across = event.shiftKey && event.deltaX === 0
      pan(-(across ? event.deltaY : event.deltaX) * lines, across ? 0 : -event.deltaY * lines)
    }
  }
  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    if (fingers.size === 0) hasMoved = false
    fingers.set(event.pointerId, at(event))
  }
  function onMove(event: PointerEvent): void {
    const finger = fingers.get(event.pointerId)
    if (!finger) return
    const now = at(event)
    if (fingers.size === 2) pinch(event.pointerId, finger, now)
    else if (isClose() && (hasMoved || Math.hypot(now.x - finger.x, now.y - finger.y) >= THRESHOLD)) {
      if (!hasMoved) node.setPointerCapture(event.pointerId)
      hasMoved = true
      pan(now.x - finger.x, now.y - finger.y)
    } else return
    Object.assign(finger, now)
  }
  function pinch(id: number, before: Finger, now: Finger): void {
    const other = [...fingers].find(([pointer]) => pointer !== id)![1]
    const was = Math.hypot(before.x - other.x, before.y - other.y)
    const is = Math.hypot(now.x - other.x, now.y - other.y)
    hasMoved = true
    zoom(is / Math.max(1, was), (now.x + other.x) / 2, (now.y + other.y) / 2)
    pan((now.x - before.x) / 2, (now.y - before.y) / 2)
  }
  const onUp = (event: PointerEvent) => fingers.delete(event.pointerId)
  function onClick(event: MouseEvent): void {
    if (!hasMoved) return
    hasMoved = false
    event.preventDefault()
    event.stopPropagation()
  }

  node.addEventListener('wheel', onWheel, { passive: false })
  node.addEventListener('pointerdown', onDown)
  node.addEventListener('pointermove', onMove)
  node.addEventListener('pointerup', onUp)
  node.addEventListener('pointercancel', onUp)
  node.addEventListener('click', onClick, { capture: true })
  return () => {
    node.removeEventListener('wheel', onWheel)
    node.removeEventListener('pointerdown', onDown)
    node.removeEventListener('pointermove', onMove)
    node.removeEventListener('pointerup', onUp)
    node.removeEventListener('pointercancel', onUp)
    node.removeEventListener('click', onClick, { capture: true })
  }
}
