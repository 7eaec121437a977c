import type { LabelRule } from './arcs.ts'
import { element } from './element.ts'
import type { GradedElement } from './grade.ts'
import type { Labels } from './labels.ts'
import type { Placing } from './mapping.ts'
import * as say from './sentences.ts'
import type { Side, Thing } from './things.ts'
import type { Units } from './weights.ts'

/** The structure part of a grade: what each element earned, and whether nothing could earn more. */
export interface Structure {
  readonly elements: readonly GradedElement[]
  readonly proven: boolean
}

/** Two drawings with the drawn things in their places, before it is told what each earned. */
export interface Solved {
  readonly drawn: Side
  readonly reference: Side
  readonly units: Units
  readonly labels: Labels
  readonly rule: LabelRule
  readonly placing: Placing
  /** The other way round: for each thing of the reference the drawn one, or -1. */
  readonly holder: Int32Array
}

export function holders(placing: Placing, reference: Side): Int32Array {
  const holder = new Int32Array(reference.things.length).fill(-1)
  placing.forEach((j, i) => {
    if (j >= 0) holder[j] = i
  })
  return holder
}

export function tellNodes({ drawn, reference, units, labels, holder, placing }: Solved): GradedElement[] {
  const u = units.elements
  const told = reference.things.flatMap((thing, j): GradedElement[] => {
    if (thing.kind !== 'node') return []
    const label = labels.name(thing.label)
    const id = `node:${thing.id}` as const
    const by = drawn.things[holder[j] as number]
    if (!by)
      return [
        element({
          kind: 'node',
          label,
          verdict: 'missing',
          points: 0,
          of: units.missing * u,
          because: say.missingNode,
          reference: id,
        }),
      ]
    const right = labels.same(by.label, thing.label)
    const because = right ? say.rightName(by.label, thing.label, labels) : say.wrongName(by.label, label)
    return [
      element({
        kind: 'node',
        label,
        verdict: right ? 'matched' : 'wrong',
        points: right ? units.pair * u : 0,
        of: units.pair * u,
        because,
        reference: id,
        drawn: `node:${by.id}`,
      }),
    ]
  })
  return [...told, ...extras('node', drawn, placing, u, labels)]
}

export function extras(
  kind: Thing['kind'],
  drawn: Side,
  placing: Placing,
  unit: number,
  labels: Labels,
): GradedElement[] {
  return drawn.things.flatMap((thing, i): GradedElement[] =>
    thing.kind === kind && (placing[i] as number) < 0
      ? [
          element({
            kind,
            label: labels.name(thing.label),
            verdict: 'extra',
            points: 0,
            of: unit,
            because: unit > 0 ? say.extraThing : say.freeGroup,
            drawn: `${kind}:${thing.id}`,
          }),
        ]
      : [],
  )
}
