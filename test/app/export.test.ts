import { inflateSync, crc32 as reference } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import type { ChartTable } from '../../src/app/charts/frame/chart-data.ts'
import { csvOf } from '../../src/app/export/csv.ts'
import { fileName, originOf } from '../../src/app/export/origin.ts'
import { crc32, withTexts } from '../../src/app/export/png-text.ts'
import { svgInk } from '../../src/app/export/svg-ink.ts'
import type { Run } from '../../src/app/stores/runs.ts'

const run = {
  scenario: { name: 'Crash, "slow" & <noticed>', seed: 7 },
  duration: 120e9,
  report: { version: '9.9.9', fingerprint: 'abc123' },
} as unknown as Run
const plate = { title: 'Latency', sources: [{ run }] }

describe('every file says where it is from', () => {
  test('scenario, seed, version, fingerprint', () => {
    const text = originOf(plate)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')
    for (const part of [
      'Scenario: Crash',
      'Seed: 7',
      'Version: 9.9.9',
      'Fingerprint: abc123',
      'not measured',
    ])
      expect(text).toContain(part)
  })
  test('of a run that is not complete there is no fingerprint', () => {
    const { report: _, ...half } = run
    const sources = [{ run: { ...half, report: undefined } as Run }]
    vi.stubGlobal('__EVENKEEL_VERSION__', '1.2.3')
    expect(originOf({ title: 'x', sources }).find(([name]) => name === 'Fingerprint')?.[1]).toMatch(
      /^none yet/,
    )
    vi.unstubAllGlobals()
  })
  test('its name is fit for any file system', () => {
    expect(fileName(plate, 'svg')).toBe('crash-slow-noticed_latency_seed-7.svg')
    expect(
      fileName(
        {
          ...plate,
          sources: [
            { name: 'base', run },
            { name: 'b', run },
          ],
        },
        'csv',
      ),
    ).toBe('crash-slow-noticed_latency_2-lanes_seed-7.csv')
  })
})

describe('CSV', () => {
  const table: ChartTable = {
    rowTitle: 'Time',
    rowUnit: 's',
    rows: 2,
    rowAt: (row) => row * 0.5,
    columns: [
      { title: '=web, "a"', unit: '1/s', kind: 'rate', values: Float64Array.of(1 / 3, Number.NaN) },
      { title: 'ok', unit: '', kind: 'share', values: Float64Array.of(1, 0.5) },
    ],
  }
  test('has comment lines, a head with units, full precision, and nothing where nothing is known', () => {
    expect(csvOf(table, [['Scenario', 'two\nlines']]).split('\r\n')).toEqual([
      '# Scenario: two lines',
      `Time (s),"'=web, ""a"" (1/s)",ok (share)`,
      '0,0.3333333333333333,1',
      '0.5,,0.5',
      '',
    ])
  })
})

describe('SVG', () => {
  test('is paths and texts, in groups that are closed, with names made safe', () => {
    const { ink, cells, document: whole } = svgInk()
    ink.save()
    ink.translate(10, 20)
    ink.save()
    ink.beginPath()
    ink.rect(0, 0, 5, 5)
    ink.clip()
    ink.beginPath()
    ink.lineTo(0, 1)
    ink.lineTo(2, 3.1449)
    ink.strokeStyle = 'rgb(1 2 3 / 0.5)'
    ink.setLineDash([4, 2])
    ink.stroke()
    ink.restore()
    ink.restore()
    ink.globalAlpha = 0.5
    ink.fillStyle = '#fff'
    ink.fillText('a < b', 1, 2)
    cells({ columns: 3, rows: 1, pixels: Uint32Array.of(0xff0000ff, 0xff0000ff, 0) }, 0, 0, 30, 10)
    const svg = whole(100, 50, 'T & T', [['Seed', '<7>']])
    expect(svg).toContain(
      '<path d="M0 1L2 3.14" fill="none" stroke="rgb(1,2,3)" stroke-opacity="0.5" stroke-width="1" stroke-dasharray="4 2"/>',
    )
    expect(svg).toContain('opacity="0.5">a &lt; b</text>')
    expect(svg).toContain('<path d="M0 0h20v10h-20z" fill="#ff0000" shape-rendering="crispEdges"/>')
    expect(svg).toContain('<title>T &amp; T</title>')
    expect(svg).toContain('Seed: &lt;7&gt;')
    expect(svg.match(/<g /g)).toHaveLength(2)
    expect(svg.match(/<\/g>/g)).toHaveLength(2)
    // Nothing is a picture of pixels.
    expect(svg).not.toContain('<image')
  })
  test('a style that was saved comes back', () => {
    const { ink } = svgInk()
    ink.fillStyle = 'red'
    ink.save()
    ink.fillStyle = 'blue'
    ink.restore()
    expect(ink.fillStyle).toBe('red')
  })
})

describe('PNG', () => {
  // One grey pixel.
  const png = Uint8Array.from(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
      'base64',
    ),
  )
  const chunksOf = (bytes: Uint8Array) => {
    const found: { type: string; data: Buffer; isSound: boolean }[] = []
    const all = Buffer.from(bytes)
    for (let at = 8; at < all.length; ) {
      const length = all.readUInt32BE(at)
      const body = all.subarray(at + 4, at + 8 + length)
      found.push({
        type: body.toString('latin1', 0, 4),
        data: body.subarray(4),
        isSound: all.readUInt32BE(at + 8 + length) === reference(body),
      })
      at += 12 + length
    }
    return found
  }
  test('checksums are those of the standard', () =>
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926))
  test('texts stand behind the header, whole and in any script; the pixels are as they were', () => {
    const chunks = chunksOf(
      withTexts(png, [
        ['Scenario', 'Überlast — 過負荷'],
        ['Seed', '7'],
      ]),
    )
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND'])
    expect(chunks.every(({ isSound }) => isSound)).toBe(true)
    expect(chunks[1]!.data.toString('utf8')).toBe('Scenario\0\0\0\0\0Überlast — 過負荷')
    expect(inflateSync(chunks[3]!.data)).toHaveLength(2)
  })
})
