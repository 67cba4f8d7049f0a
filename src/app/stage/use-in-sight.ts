/** Whether an element is on the screen, so that a lane that is scrolled away costs nothing. */

import { type RefObject, useEffect, useRef } from 'react'

/** How far beyond the screen's edge counts as on it, so that scrolling finds it painted. */
const MARGIN = '200px'

export function useInSight(element: RefObject<Element | null>): RefObject<boolean> {
  const isInSight = useRef(true)
  useEffect(() => {
    const node = element.current
    if (!node) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        isInSight.current = entries.at(-1)?.isIntersecting ?? true
      },
      { rootMargin: MARGIN },
    )
    observer.observe(node)
    return () => observer.disconnect()
  }, [element])
  return isInSight
}
