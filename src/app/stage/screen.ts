/** The canvas that the raster is shown on. */

import type { RefObject } from 'react'
import type { Show } from './painter.ts'

/**
 * Gives a canvas the pixels for a size at a scale, and a size that shows them one to one. Pixels only when
 * they differ, since that wipes it.
 */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, scale: number): void {
  const w = Math.round(width * scale)
  const h = Math.round(height * scale)
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  canvas.style.width = `${w / scale}px`
  canvas.style.height = `${h / scale}px`
}

/** Shows on whatever canvas is there at the time. */
export function showOn(canvas: RefObject<HTMLCanvasElement | null>): Show {
  let image: ImageData | undefined
  return (raster, x, y, w, h) => {
    if (image?.data !== raster.bytes) image = new ImageData(raster.bytes, raster.width, raster.height)
    // Kept in main memory: every frame writes it, and there may be no GPU.
    canvas.current?.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0, x, y, w, h)
  }
}
