/**
 * Parts of the screen on their own, for the benchmarks of frame rates: `?page=stage` or `?page=charts`, each with
 * settings of its own.
 */

import '../../src/app/theme.css'
import '../../src/app/base.css'

if (new URLSearchParams(location.search).get('page') === 'charts') await import('./charts.tsx')
else await import('./stage.tsx')
