/** Colours between colours, as pixels: 0xAABBGGRR. */

/** @param skipped share of the ramp that comes before the first shade, so that it differs from nothing */
export function blend(colors: readonly string[], shades: number, skipped = 0): Uint32Array {
  const canvas = new OffscreenCanvas(shades, 1)
  const context = canvas.getContext('2d')
  if (!context) return new Uint32Array(shades)
  const ramp = context.createLinearGradient(-shades * skipped, 0, shades, 0)
  colors.forEach((color, i) => {
    ramp.addColorStop(i / Math.max(1, colors.length - 1), color)
  })
  context.fillStyle = ramp
  context.fillRect(0, 0, shades, 1)
  return new Uint32Array(context.getImageData(0, 0, shades, 1).data.buffer)
}
