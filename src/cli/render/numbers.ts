/** Figures as people read them; the same in every locale. */

/** Stands for a figure that there is not. */
export const NOTHING = '–'

/** 47893 as "47,893". */
export function whole(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** Three significant digits: "0.0123", "12.3", "1,230". */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return NOTHING
  const size = Math.abs(value)
  if (size >= 1000) return whole(value)
  if (size >= 100) return value.toFixed(0)
  if (size >= 10) return value.toFixed(1)
  if (size >= 1 || size === 0) return value.toFixed(size === 0 ? 0 : 2)
  return size < 1e-4 ? value.toExponential(1) : value.toPrecision(2)
}

/** A share as percent; never rounds up to 100 % what is less. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return NOTHING
  if (share === 0 || share === 1) return `${share * 100} %`
  const value = share * 100
  for (let digits = Math.abs(value) < 10 || value > 90 ? 2 : 1; digits < 8; digits++) {
    const text = value.toFixed(digits)
    if (Number(text) !== 100 && Number(text) !== 0) return `${text} %`
  }
  return share > 0.5 ? '> 99.9999 %' : '< 0.0001 %'
}

/** Milliseconds with the unit that fits. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return NOTHING
  const size = Math.abs(ms)
  if (size === 0) return '0'
  if (size < 1e-3) return `${plain(ms * 1e6)} ns`
  if (size < 1) return `${plain(ms * 1e3)} µs`
  if (size < 1e3) return `${plain(ms)} ms`
  return `${plain(ms / 1e3)} s`
}

/** An instant or a length in seconds, as on a clock face: "90 s", "12 min", "3 h". */
export function clock(seconds: number): string {
  if (seconds >= 86400 * 3) return `${short(seconds / 86400)} d`
  if (seconds >= 3600 * 2) return `${short(seconds / 3600)} h`
  if (seconds >= 60 * 5) return `${short(seconds / 60)} min`
  return seconds > 0 && seconds < 1 ? `${short(seconds * 1000)} ms` : `${short(seconds)} s`
}

function short(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 2 : 1)))
}

/** A figure of the report, or the sign that there is none. */
export function maybe(value: number | null, show: (value: number) => string): string {
  return value === null ? NOTHING : show(value)
}
