/** Draws on a canvas when data, size or theme change, and at no other time. */

import { type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import { theme } from '../../theme.ts'
import { penOn } from '../pen.ts'
import type { Size } from '../use-size.ts'
import type { Plate } from './chart-data.ts'

export function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  { across, scale, draw }: Pick<Plate, 'across' | 'scale' | 'draw'>,
  { width, height }: Size,
): void {
  const { name } = useStore(theme)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides the colours that a pen reads
  useEffect(() => {
    const pen = canvas.current && penOn(canvas.current, across, scale, width, height)
    if (pen) draw(pen)
  }, [canvas, draw, scale, across, width, height, name])
}
