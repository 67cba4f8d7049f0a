import alea from 'seedrandom/lib/alea.js'
import { describe, expect, test } from 'vitest'
import { fineUniform } from '../../src/base/fine.ts'
import { below, type Stream, stream, uniform } from '../../src/base/stream.ts'

/** Known answers: seedrandom 3.0.5, and a port to Python of the same algorithm. */
const known = [
  {
    seed: 'hello.',
    first: [
      0.4783254903741181, 0.8297006865032017, 0.46924330526962876, 0.2505575136747211, 0.31444981368258595,
    ],
    thousandth: 0.22803654428571463,
    whole: [2054392338, -731429982, 2015384650],
    fine: [0.4783254905672978, 0.4692433053279662, 0.314449813821864],
  },
  {
    seed: 'test',
    first: [
      0.5442283214069903, 0.7071346458978951, 0.7247104682028294, 0.18215877166949213, 0.40387626527808607,
    ],
    thousandth: 0.14201389509253204,
    whole: [-1957524454, -1257847118, -1182359536],
    fine: [0.5442283215716328, 0.7247104682452414, 0.40387626543625854],
  },
  {
    seed: 'seed',
    first: [
      0.03475257847458124, 0.5790662220679224, 0.605906231328845, 0.8487215230707079, 0.49367685127072036,
    ],
    thousandth: 0.586020635208115,
    whole: [149261188, -1807896810, -1692619848],
    fine: [0.034752578609405504, 0.6059062315264534, 0.49367685129495154],
  },
  {
    seed: '1',
    first: [
      0.526047095656395, 0.12264361372217536, 0.47771977609954774, 0.6214375477284193, 0.16581842070445418,
    ],
    thousandth: 0.5730276636313647,
    whole: [-2035612224, 526750310, 2051790815],
    fine: [0.5260470956849501, 0.47771977624423734, 0.1658184207777541],
  },
  {
    seed: '42',
    first: [
      0.6848634963389486, 0.5463244677521288, 0.8455933185759932, 0.19908552314154804, 0.5637381218839437,
    ],
    thousandth: 0.009523809188976884,
    whole: [-1353500977, -1948521574, -663171647],
    fine: [0.6848634964661496, 0.8455933186223463, 0.563738122108285],
  },
  {
    seed: '',
    first: [
      0.1666577742435038, 0.4869158477522433, 0.00011322717182338238, 0.9002609080635011, 0.17695781611837447,
    ],
    thousandth: 0.7371099605225027,
    whole: [715789690, 2091287642, 486307],
    fine: [0.16665777435687268, 0.00011322738143160205, 0.17695781631176488],
  },
  {
    seed: 'load-balancer',
    first: [
      0.9537127872463316, 0.03725842316634953, 0.11276143905706704, 0.8610656810924411, 0.1714376958552748,
    ],
    thousandth: 0.1231135199777782,
    whole: [-198802065, 160023709, 484306693],
    fine: [0.9537127872550064, 0.11276143925754945, 0.17143769590734637],
  },
  {
    seed: 'service',
    first: [
      0.5714561203494668, 0.7406412258278579, 0.8890579345170408, 0.9084803187288344, 0.07322765234857798,
    ],
    thousandth: 0.6835942571051419,
    whole: [-1840581948, -1113937453, -476492543],
    fine: [0.5714561205219107, 0.8890579347285629, 0.07322765240665896],
  },
  {
    seed: '2024-06-01',
    first: [
      0.8906969763338566, 0.02434159256517887, 0.09306954266503453, 0.5331678846850991, 0.8247652053833008,
    ],
    thousandth: 0.989072382915765,
    whole: [-469452912, 104546344, 399730642],
    fine: [0.890696976339524, 0.09306954278917234, 0.8247652055893936],
  },
  {
    seed: '12345',
    first: [
      0.27138191112317145, 0.19615925149992108, 0.6810678059700876, 0.9894359013997018, 0.34078020555898547,
    ],
    thousandth: 0.22564710211008787,
    whole: [1165576433, 842497570, -1369803343],
    fine: [0.27138191116884325, 0.6810678062004586, 0.3407802057882554],
  },
  {
    seed: 'é',
    first: [
      0.37487562373280525, 0.62324802367948, 0.3823814042843878, 0.47492364537902176, 0.8731834872160107,
    ],
    thousandth: 0.4149012428242713,
    whole: [1610078544, -1618137417, 1642315626],
    fine: [0.3748756238779164, 0.3823814043949646, 0.8731834874158677],
  },
]

/** A stream with the very state of seedrandom's own generator for this seed. */
function seeded(seed: string): Stream {
  const { s0, s1, s2, c } = alea(seed, { state: true }).state()
  return Float64Array.of(s0, s1, s2, c)
}

function draws(random: Stream, count: number, draw = uniform): number[] {
  return Array.from({ length: count }, () => draw(random))
}

describe.each(known)('seeded with "$seed"', ({ seed, first, thousandth, whole, fine }) => {
  test('the draws are those of alea', () => {
    const thousand = draws(seeded(seed), 1000)
    expect(thousand.slice(0, 5)).toEqual(first)
    expect(thousand[999]).toBe(thousandth)
  })
  test('every draw is a whole number over 2^32', () => {
    expect(draws(seeded(seed), 3).map((u) => (u * 2 ** 32) | 0)).toEqual(whole)
  })
  test('a fine draw is two draws in one', () => expect(draws(seeded(seed), 3, fineUniform)).toEqual(fine))
})

test('a named stream is seedrandom’s alea seeded with seed and name, draw for draw', () => {
  const reference = alea('7/arrivals/shoppers', { state: true })
  const random = stream(7, 'arrivals/shoppers')
  for (let i = 0; i < 10_000; i++) expect(uniform(random)).toBe(reference())
})

test('a stream continues from a copy of its state', () => {
  const random = stream('seed', 'copied')
  draws(random, 100)
  const copy = random.slice()
  expect(draws(copy, 100)).toEqual(draws(random, 100))
})

test('streams of other names or seeds share no draw', () => {
  const all = ['1/a', '1/b', '2/a'].flatMap((key) => {
    const [seed, name] = key.split('/')
    return draws(stream(seed!, name!), 1000)
  })
  expect(new Set(all).size).toBe(3000)
})

test('whole numbers below a count are equally likely', () => {
  const random = stream(1, 'below')
  const counts = new Float64Array(10)
  for (const k of draws(random, 100_000, (r) => below(r, 10))) counts[k]!++
  const chiSquare = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)
  expect(chiSquare).toBeLessThan(27.88) // 9 degrees of freedom, 0.1 %
})
