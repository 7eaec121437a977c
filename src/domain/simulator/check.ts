import { checkCall, type Names } from './check-calls.ts'
import { checkChanges } from './check-changes.ts'
import { KINDS, kindOf } from './components/index.ts'
import { Fields, MOST_RATE, MOST_SECONDS, place, textOf } from './fields.ts'
import type { Model, Problem } from './model.ts'

const MOST_COMPONENTS = 500
const MOST_REQUESTS = 200
const MOST_SOURCES = 200

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
  checkChanges(top, names)
  return problems
}

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

export function namesOf(model: Model): Names {
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
    checkReaders(inner, names)
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

function checkReaders(group: Fields, names: Names): void {
  const of = group.value('of')
  if (group.value('consumers') !== null || of === undefined) group.whole('consumers', 1, 10_000)
  const kind = names.kinds.get(of as string)
  if (of !== undefined && kind !== 'service' && kind !== 'database')
    group.problem('of', `must be a service or a database, not ${JSON.stringify(of)}`)
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
    fields.rising('atSeconds', fields.list('atSeconds'))
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
    fields.rising('points', times)
    if (points.every((point) => !(Number((point as { perSecond?: unknown } | null)?.perSecond) > 0)))
      fields.problem('points', 'must have a rate above 0 somewhere')
  } else fields.one('law', ['poisson', 'renewal', 'bursty', 'trace', 'counts', 'profile'])
}
