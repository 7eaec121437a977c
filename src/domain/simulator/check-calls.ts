import { kindOf } from './components/index.ts'
import { type Fields, MOST_SECONDS } from './fields.ts'

/** What a model's parts may refer to. */
export interface Names {
  /** Kinds of components by id. */
  readonly kinds: ReadonlyMap<string, string>
  readonly regions: ReadonlySet<string>
  readonly requests: ReadonlySet<string>
  readonly sources: ReadonlySet<string>
}

const MOST_DEPTH = 40

/** A call and all it calls. `own`: the steps belong to the component itself, whatever its kind. */
export function checkCall(call: Fields, names: Names, depth: number, own = false): void {
  if (depth > MOST_DEPTH) {
    call.problem('steps', `calls nest deeper than ${MOST_DEPTH}; is there a cycle?`)
    return
  }
  const to = call.value('to')
  const targets = Array.isArray(to) ? to : [to]
  if (targets.length === 0) call.problem('to', 'must name a component')
  for (const target of targets) {
    const kind = kindOf(names.kinds.get(target as string) ?? '')
    if (kind === undefined) call.problem('to', `there is no component ${JSON.stringify(target)}`)
    else if (!own && !kind.steps && call.has('steps') && (call.value('steps') as unknown[]).length > 0)
      call.problem('steps', `a ${kind.kind} runs no steps`)
  }
  if (call.has('time')) call.distribution('time')
  call.flag('write')
  call.flag('optional')
  if (call.has('share')) call.share('share')
  if (call.has('from') && !names.kinds.has(call.value('from') as string))
    call.problem('from', `there is no component ${JSON.stringify(call.value('from'))}`)
  if (call.has('policy')) call.policy('policy')
  if (call.has('steps')) checkSteps(call, names, depth)
}

function checkSteps(of: Fields, names: Names, depth: number): void {
  for (const [i, step] of of.list('steps').entries()) {
    const fields = of.entry('steps', i, step)
    switch (fields.value('do')) {
      case 'call':
      case 'async':
        checkCall(fields.inside('call'), names, depth + 1)
        break
      case 'parallel': {
        const calls = fields.list('calls')
        if (calls.length === 0) fields.problem('calls', 'must not be empty')
        for (const [j, call] of calls.entries()) checkCall(fields.entry('calls', j, call), names, depth + 1)
        if (fields.has('need')) fields.whole('need', 1, Math.max(1, calls.length))
        break
      }
      case 'either': {
        const calls = fields.list('calls')
        if (calls.length === 0) fields.problem('calls', 'must not be empty')
        for (const [j, call] of calls.entries()) checkCall(fields.entry('calls', j, call), names, depth + 1)
        fields.one('by', ['order', 'turn'])
        if (fields.has('healthCheckSeconds')) fields.number('healthCheckSeconds', 0, MOST_SECONDS)
        break
      }
      case 'maybe':
        fields.share('share')
        nested(fields, names, depth)
        break
      case 'cached': {
        const call = fields.inside('call')
        checkCall(call, names, depth + 1)
        if (fields.has('hits')) fields.share('hits')
        else if (names.kinds.get(call.value('to') as string) !== 'cache')
          fields.problem('call', 'without hits, it must be to one cache')
        nested(fields, names, depth)
        break
      }
      case 'repeat':
        // Above this, steps that repeat have no exit worth the name.
        fields.number('again', 0, 0.999)
        nested(fields, names, depth)
        break
      default:
        fields.one('do', ['call', 'parallel', 'either', 'maybe', 'cached', 'repeat', 'async'])
    }
  }
}

function nested(fields: Fields, names: Names, depth: number): void {
  if (depth >= MOST_DEPTH) fields.problem('steps', `steps nest deeper than ${MOST_DEPTH}; is there a cycle?`)
  else checkSteps(fields, names, depth + 1)
}
