/** Which server each key, or each client's address, goes to; and which one next when that refuses. */

import { Unfit } from '../../../unfit.ts'
import { addressOf } from '../../addresses.ts'
import { allowOnly, textsOf, whole } from '../../case-fields.ts'
import { keyed } from '../../driven.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import type { Scene } from '../../recording.ts'
import { filledIn } from '../expressions.ts'
import { numbersOf } from '../labels.ts'
import { type Answer, request } from '../proxy.ts'
import { SAID, setUp } from '../setup.ts'

/** Each request is asked of a proxy that is at rest, as the recording says that their order does not matter. */
function playOn(scene: Scene, key: string) {
  allowOnly(scene, ['upstream', key, 'refuses'], SAID)
  const { proxy, labels } = setUp(scene)
  const numbers = numbersOf(labels)
  const { hashed } = proxy.block
  if (hashed === '') throw new Unfit(`upstream "${proxy.block.name}" does not hash`)
  const { refuses } = scene.fields
  if (refuses !== undefined) {
    const refusing = numbers.indexOf(whole(refuses, 'refuses'))
    if (refusing < 0) throw new Unfit(`there is no server number ${refuses}`)
    proxy.modes[refusing] = 'refuse'
  }
  const isByAddress = proxy.block.choice.strategy === 'ip-hash'
  const asTexts = textsOf(scene, key).map((text) => {
    return isByAddress ? { key: 0, text: undefined, address: addressOf(text) } : keyed(filledIn(hashed, text))
  })
  const tried = asTexts.map((asked) => {
    const answers: Answer[] = []
    request(proxy, asked, 'GET', (answer) => answers.push(answer))
    return answers[0]!.tried.map((server) => (server < 0 ? proxy.block.name : numbers[server]!))
  })
  const isList = Array.isArray(scene.observed) && Array.isArray(scene.observed[0])
  return compared(scene.observed, isList ? tried : tried.map((servers) => servers.at(-1)))
}

export const keysPlayer: Player = { needs: ['upstream', 'keys'], play: (scene) => playOn(scene, 'keys') }

export const clientsPlayer: Player = {
  needs: ['upstream', 'client_ips'],
  play: (scene) => playOn(scene, 'client_ips'),
}
