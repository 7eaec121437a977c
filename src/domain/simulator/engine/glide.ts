import * as ways from './plain-events.ts'
import * as columns from './station-table.ts'

const { ODD, TIRED } = ways.ends
const { serve, send } = ways
const { PLAIN, WORDS } = columns

/**
 * Plain events one after another, until there is something else to do: `left` says what. At most so many, up to
 * `until[0]`; how many there were.
 */
export function glide(known: ways.Known, most: number, until: Float64Array): number {
  const { queue, stationOf, sources, ints, left } = known
  const { time, data } = queue
  const end = until[0] as number
  // An event puts two at most.
  const room = time.length - 2
  let count = 0
  while (count < most) {
    if (queue.hole) queue.advance()
    if (queue.size === 0 || queue.size > room || (time[0] as number) > end) break
    const code = data[1] as number
    const actor = code >> 4
    const station = stationOf[actor] as number
    let why: number = ODD
    if ((code & 15) === 0) {
      if (station >= 0) {
        if (ints[station * WORDS + PLAIN] === 1) why = serve(known, station, data[2] as number)
      } else {
        const source = sources[actor]
        if (source) why = send(known, source, actor)
      }
    }
    if (why === 0) count++
    else {
      left[0] = why
      return why === ODD || why === TIRED ? count : count + 1
    }
  }
  return count
}
