// seedrandom's Alea on its own (the package's types cover only its main entry, ARC4).

declare module 'seedrandom/lib/alea.js' {
  /** The whole state of the generator. */
  interface AleaState {
    readonly s0: number
    readonly s1: number
    readonly s2: number
    readonly c: number
  }

  interface Alea {
    (): number
    state(): AleaState
  }

  export default function alea(seed: string, options: { state: true | AleaState }): Alea
}
