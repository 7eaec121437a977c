import { isLinked, printDrawing, resolve } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'
import { catalogue, type Running } from './atlas.ts'

/** Leaders and primaries: one diagram of each kind, and a learner who draws the one for the other. */
export const EXPECTED = 'leader'
export const DRAWN = 'primary'
export const WHERE = [
  'mechanisms/kafka-partition-replication',
  'companies/google-spanner',
  'mechanisms/raft-log-replication',
]

/** Hands in each diagram with the one name for the other; gives the id of the drill that this makes. */
export async function confuseThreeTimes({ address }: Running): Promise<string> {
  for (const id of WHERE) {
    const diagram = catalogue.diagrams.get(id)
    invariant(diagram && isLinked(diagram.drawing), id)
    const { drawing, vocabulary } = diagram
    const nodes = drawing.nodes.map((node) =>
      resolve(vocabulary, node.label)?.concept === EXPECTED ? { ...node, label: DRAWN } : node,
    )
    const body = {
      drawing: printDrawing({ ...drawing, nodes }),
      places: {},
      answers: { facts: {}, context: {} },
      seconds: 60,
      hints: 0,
    }
    const sent = await fetch(`${address}/api/recall/${id}/attempt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    invariant(sent.ok, `the attempt at ${id} was refused`)
  }
  const { confusions } = await (await fetch(`${address}/api/mistakes`)).json()
  const found = confusions.find((one: { drill: string | null }) => one.drill !== null)
  invariant(found, 'three confusions make a drill')
  return found.drill
}
