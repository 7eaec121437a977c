import { checkCall, type Names } from './check-calls.ts'
import { KINDS, kindOf } from './components/index.ts'
import { Fields, MOST_RATE, MOST_SECONDS } from './fields.ts'
import type { FaultKind, Model, Problem } from './model.ts'

const MOST_COMPONENTS = 500
const MOST_REQUESTS = 200
const MOST_SOURCES = 200

const NETWORK_FAULTS: readonly FaultKind[] = ['partition', 'loss', 'latency']

const textOf = (thing: unknown, field: string): string | undefined => {
  const value = (thing as Record<string, unknown> | null | undefined)?.[field]
  return typeof value === 'string' ? value : undefined
}

/** Everything that is wrong with a model; an empty list: it runs. */
export function checkModel(model: Model): readonly Problem[] {
  const problems: Problem[] = []
  const top = new Fields('', model, problems)
  const components = top.list('components')
  const requests = top.list('requests')
  const sources = top.list('sources')
  bounded(top, 'components', components.length, MOST_COMPONENTS)
  bounded(top, 'requests', requests.length, MOST_REQUESTS)
  bounded(top, 'sources', sources.length, MOST_SOURCES)
  if (problems.length > 0) return problems
  const names = namesOf(model)
  ids('components', components, problems)
  ids('requests', requests, problems)
  ids('sources', sources, problems)
  for (const [i, component] of components.entries()) checkComponent(component, i, names, problems)
  for (const [i, request] of requests.entries()) {
    const fields = new Fields(place('requests', request, i), request, problems)
    if (fields.has('keys')) {
      const keys = fields.inside('keys')
      keys.whole('count', 1, 10_000_000)
      keys.number('exponent', 0, 5)
    }
    checkCall(fields.inside('call'), names, 0)
  }
  for (const [i, source] of sources.entries())
    checkSource(new Fields(place('sources', source, i), source, problems), names)
  checkChanges(top, names, problems)
  return problems
}

const place = (list: string, thing: unknown, i: number): string => `${list}.${textOf(thing, 'id') ?? i}`

function bounded(top: Fields, field: string, count: number, most: number): void {
  if (count === 0) top.problem(field, 'must not be empty')
  if (count > most) top.problem(field, `has ${count} entries; at most ${most} are possible`)
}

function ids(list: string, things: readonly unknown[], problems: Problem[]): void {
  const seen = new Set<string>()
  for (const [i, thing] of things.entries()) {
    const id = textOf(thing, 'id')
    if (id === undefined || id === '')
      problems.push({ where: `${list}.${i}`, field: 'id', message: 'must be a name' })
    else if (seen.has(id)) problems.push({ where: `${list}.${id}`, field: 'id', message: 'is used twice' })
    if (id !== undefined) seen.add(id)
  }
}

function namesOf(model: Model): Names {
  const kinds = new Map<string, string>()
  for (const component of model.components) {
    const id = textOf(component, 'id')
    if (id !== undefined) kinds.set(id, textOf(component, 'kind') ?? '')
  }
  const regions = new Set<string>()
  for (const thing of [...model.components, ...model.sources]) {
    const region = textOf(thing, 'region')
    if (region !== undefined) regions.add(region)
  }
  return {
    kinds,
    regions,
    requests: new Set(model.requests.map((request) => textOf(request, 'id') ?? '')),
    sources: new Set(model.sources.map((source) => textOf(source, 'id') ?? '')),
  }
}

function checkComponent(component: unknown, i: number, names: Names, problems: Problem[]): void {
  const fields = new Fields(place('components', component, i), component, problems)
  const kind = kindOf(textOf(component, 'kind') ?? '')
  if (kind === undefined) {
    fields.one('kind', Object.keys(KINDS))
    return
  }
  kind.check(fields)
  if (kind.kind !== 'queue') return
  const groups = fields.list('groups')
  for (const [j, group] of groups.entries()) {
    const inner = new Fields(`${fields.where}.groups.${textOf(group, 'id') ?? j}`, group, problems)
    inner.whole('consumers', 1, 10_000)
    inner.distribution('time')
    if (inner.has('steps'))
      checkCall(
        new Fields(inner.where, { to: fields.value('id'), steps: inner.value('steps') }, problems),
        names,
        0,
        true,
      )
  }
}

function checkSource(fields: Fields, names: Names): void {
  for (const [i, entry] of fields.list('mix').entries()) {
    const one = fields.entry('mix', i, entry)
    if (!names.requests.has(one.value('request') as string))
      one.problem('request', `there is no request ${JSON.stringify(one.value('request'))}`)
    one.positive('weight', 1e9)
  }
  if (fields.list('mix').length === 0) fields.problem('mix', 'must not be empty')
  const kind = fields.value('kind')
  if (kind === 'closed') {
    fields.whole('users', 1, 1_000_000)
    fields.distribution('think')
  } else if (kind === 'open') checkArrivals(fields.inside('arrivals'))
  else fields.one('kind', ['open', 'closed'])
  if (fields.has('policy')) fields.policy('policy')
}

function checkArrivals(fields: Fields): void {
  const law = fields.value('law')
  if (law === 'poisson') fields.positive('perSecond', MOST_RATE)
  else if (law === 'renewal') fields.distribution('gap')
  else if (law === 'bursty') {
    fields.number('perSecond', 0, MOST_RATE)
    fields.positive('burstPerSecond', MOST_RATE)
    fields.positive('calmSeconds', MOST_SECONDS)
    fields.positive('burstSeconds', MOST_SECONDS)
  } else if (law === 'trace') {
    rising(fields, 'atSeconds', fields.list('atSeconds'))
    if (fields.has('times')) fields.positive('times', 1e6)
  } else if (law === 'counts') {
    fields.positive('everySeconds', MOST_SECONDS)
    const most = MOST_RATE * Math.max(1, Number(fields.value('everySeconds')) || 1)
    const counts = fields.list('counts')
    const wrong = counts.find(
      (count) => !Number.isInteger(count) || Number(count) < 0 || Number(count) > most,
    )
    if (wrong !== undefined) fields.problem('counts', `must be whole numbers from 0, not ${String(wrong)}`)
    if (counts.length === 0) fields.problem('counts', 'must not be empty')
    if (fields.has('times')) fields.positive('times', 1e6)
  } else if (law === 'profile') {
    const points = fields.list('points')
    if (points.length < 2) fields.problem('points', 'must have at least two points')
    for (const [i, point] of points.entries())
      fields.entry('points', i, point).number('perSecond', 0, MOST_RATE)
    const times = points.map((point) => (point as { atSeconds?: unknown } | null)?.atSeconds)
    if (times[0] !== 0) fields.problem('points', 'must begin at 0')
    rising(fields, 'points', times)
    if (points.every((point) => !(Number((point as { perSecond?: unknown } | null)?.perSecond) > 0)))
      fields.problem('points', 'must have a rate above 0 somewhere')
  } else fields.one('law', ['poisson', 'renewal', 'bursty', 'trace', 'counts', 'profile'])
}

function rising(fields: Fields, field: string, times: readonly unknown[]): void {
  let before = Number.NEGATIVE_INFINITY
  for (const time of times) {
    if (typeof time !== 'number' || !(time >= 0 && time <= MOST_SECONDS) || time <= before) {
      fields.problem(field, `must be rising times from 0 to ${MOST_SECONDS} seconds, not ${String(time)}`)
      return
    }
    before = time
  }
}

function checkChanges(top: Fields, names: Names, problems: Problem[]): void {
  const each = (list: string, check: (fields: Fields) => void) => {
    if (!top.has(list)) return
    for (const [i, thing] of top.list(list).entries())
      check(new Fields(place(list, thing, i), thing, problems))
  }
  each('links', (link) => {
    for (const end of ['from', 'to'])
      if (!names.regions.has(link.value(end) as string))
        link.problem(end, `there is no region ${JSON.stringify(link.value(end))}`)
    link.distribution('latency')
    if (link.has('loss')) link.share('loss')
  })
  each('faults', (fault) => checkFault(fault, names))
  const scaled = new Set<unknown>()
  each('scalers', (scaler) => {
    if (scaled.has(scaler.value('target'))) scaler.problem('target', 'has a scaler already')
    scaled.add(scaler.value('target'))
    checkScaler(scaler, names)
  })
  each('deployments', (deployment) => {
    target(deployment, names, 'service')
    deployment.number('atSeconds', 0, MOST_SECONDS)
    deployment.whole('batch', 1, 10_000)
    deployment.number('seconds', 0, MOST_SECONDS)
    if (deployment.has('slower')) deployment.positive('slower', 1e6)
    if (deployment.has('errors')) deployment.share('errors')
    if (deployment.has('rollbackSeconds')) deployment.number('rollbackSeconds', 0, MOST_SECONDS)
  })
  each('objectives', (objective) => {
    if (objective.has('request') && !names.requests.has(objective.value('request') as string))
      objective.problem('request', `there is no request ${JSON.stringify(objective.value('request'))}`)
    const kind = objective.value('kind')
    if (kind === 'latency') {
      objective.number('quantile', 0.001, 0.99999)
      objective.positive('seconds', MOST_SECONDS)
    } else if (kind === 'availability') objective.number('share', 1e-6, 1)
    else if (kind === 'goodput') objective.positive('perSecond', MOST_RATE)
    else objective.one('kind', ['latency', 'availability', 'goodput'])
  })
}

function target(fields: Fields, names: Names, kind: string): void {
  const id = fields.value('target') as string
  if (names.kinds.get(id) !== kind)
    fields.problem(
      'target',
      `must be a ${kind}; ${JSON.stringify(id)} is ${names.kinds.get(id) ?? 'not there'}`,
    )
}

function checkScaler(scaler: Fields, names: Names): void {
  target(scaler, names, 'service')
  const kind = scaler.value('kind')
  if (kind === 'hpa' || kind === 'target' || kind === 'predictive') {
    scaler.number('utilization', 0.01, 1)
    scaler.whole('min', 1, 10_000)
    scaler.whole('max', 1, 10_000)
    if ((scaler.value('max') as number) < (scaler.value('min') as number))
      scaler.problem('max', 'must not be below min')
  }
  const times = {
    hpa: ['downWindowSeconds', 'upWindowSeconds', 'startSeconds'],
    target: ['scaleOutCooldownSeconds', 'scaleInCooldownSeconds', 'startSeconds'],
    schedule: ['startSeconds'],
    predictive: ['startSeconds', 'aheadSeconds', 'historySeconds'],
  }[String(kind)]
  if (times === undefined) scaler.one('kind', ['hpa', 'target', 'schedule', 'predictive'])
  for (const field of times ?? [])
    if (kind !== 'hpa' || scaler.has(field)) scaler.number(field, 0, MOST_SECONDS)
  if (kind === 'target' || kind === 'predictive' || scaler.has('everySeconds'))
    scaler.number('everySeconds', 0.1, MOST_SECONDS)
  if (scaler.has('tolerance')) scaler.share('tolerance')
  if (kind === 'predictive') checkMemory(scaler)
  if (kind !== 'schedule') return
  const plan = scaler.list('plan')
  for (const [i, step] of plan.entries()) scaler.entry('plan', i, step).whole('replicas', 1, 10_000)
  rising(
    scaler,
    'plan',
    plan.map((step) => (step as { atSeconds?: unknown } | null)?.atSeconds),
  )
}

/** What it remembers is bounded. */
function checkMemory(scaler: Fields): void {
  if (scaler.value('periodSeconds') !== null) scaler.positive('periodSeconds', MOST_SECONDS)
  const longest = Math.max(Number(scaler.value('historySeconds')), Number(scaler.value('periodSeconds')))
  if (longest / Number(scaler.value('everySeconds')) > 100_000)
    scaler.problem('everySeconds', 'must be at least a 100000th of what is remembered')
}

/** A fault's fields and whether its target knows it. */
export function checkFault(fault: Fields, names: Names): void {
  const kind = fault.value('kind') as FaultKind
  const to = String(fault.value('target'))
  fault.number('atSeconds', 0, MOST_SECONDS)
  if (fault.value('forSeconds') !== null) fault.number('forSeconds', 0, MOST_SECONDS)
  if (fault.has('share')) fault.share('share')
  if (fault.has('rampSeconds')) fault.number('rampSeconds', 0, MOST_SECONDS)
  checkFactor(fault, kind)
  if (kind === 'clock-skew') {
    if (!names.kinds.has(to)) fault.problem('target', `there is no component ${JSON.stringify(to)}`)
    if (fault.has('share')) fault.problem('share', 'a clock is skewed for all of a component')
    return
  }
  if (kind === 'surge') {
    if (!names.sources.has(to)) fault.problem('target', `there is no source ${JSON.stringify(to)}`)
    return
  }
  if (NETWORK_FAULTS.includes(kind)) {
    const ends = to.split('<->')
    if (ends.length !== 2 || !ends.every((end) => names.regions.has(end)))
      fault.problem('target', `must be two regions as a<->b, not ${JSON.stringify(to)}`)
    return
  }
  const component = kindOf(names.kinds.get(to) ?? '')
  if (component === undefined) fault.problem('target', `there is no component ${JSON.stringify(to)}`)
  else if (!component.faults.includes(kind))
    fault.problem(
      'kind',
      `a ${component.kind} knows ${component.faults.join(', ')}; not ${JSON.stringify(kind)}`,
    )
  else if (fault.has('share') && component.partly?.includes(kind) !== true)
    fault.problem('share', `${kind} of a ${component.kind} is of all of it`)
}

function checkFactor(fault: Fields, kind: FaultKind): void {
  if (kind === 'slow' || kind === 'capacity' || kind === 'surge') fault.positive('factor', 1e6)
  else if (kind === 'loss' || kind === 'errors' || kind === 'hot-key') fault.share('factor')
  else if (kind === 'latency') fault.number('factor', 0, 3600)
  else if (kind === 'leak' || kind === 'bad-deploy') fault.positive('factor', 1e6)
  else if (kind === 'clock-skew') fault.number('factor', -MOST_SECONDS, MOST_SECONDS)
}

export { namesOf }
