import type { Names } from './check-calls.ts'
import { kindOf } from './components/index.ts'
import { type Fields, MOST_RATE, MOST_SECONDS, place } from './fields.ts'
import type { FaultKind } from './model.ts'

/** What changes a model while it runs, and what is asked of it: links, faults, scalers, deployments, objectives. */

const NETWORK_FAULTS: readonly FaultKind[] = ['partition', 'loss', 'latency']

export function checkChanges(top: Fields, names: Names): void {
  const each = (list: string, check: (fields: Fields) => void) => {
    if (!top.has(list)) return
    for (const [i, thing] of top.list(list).entries()) check(top.apart(place(list, thing, i), thing))
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
  scaler.rising(
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
