import { expect, test, vi } from 'vitest'
import { view } from '../../src/app/stores/view.ts'
import { startTheme, theme } from '../../src/app/theme.ts'

test('the look is written on the page when it changes, not with every other change of the view', () => {
  const write = vi.fn(Reflect.set)
  vi.stubGlobal('document', { documentElement: { dataset: new Proxy({}, { set: write }) } })
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  const stop = startTheme()
  write.mockClear()
  view.setState({ panel: 'events' })
  expect(write).not.toHaveBeenCalled()
  view.setState({ theme: 'dark' })
  expect(write).toHaveBeenCalledWith(expect.anything(), 'theme', 'dark', expect.anything())
  expect(theme.getState().name).toMatch(/^dark/)
  stop()
  vi.unstubAllGlobals()
})
