import { describe, expect, test } from 'vitest'
import type { Concept } from '#domain/curriculum/index.ts'
import { buildVocabulary, type Diagram, type Drawing } from '#domain/diagram/index.ts'
import { gradeAttempt } from './index.ts'
import { inOwnWords } from './own-words.ts'
import { diagramOf } from './trials.ts'

const name = (id: string, aliases: string[] = [], kind: Concept['kind'] = 'event'): Concept => ({
  id,
  name: id.replaceAll('-', ' '),
  kind,
  layer: 'none',
  icon: null,
  aliases,
})

/** A timeline whose events are these names. */
function timelineOf(...names: Concept[]): Diagram {
  const events = names.map(({ id }) => ({ id, at: '', label: id.replaceAll('-', ' '), lane: '' }))
  return { ...diagramOf({ form: 'timeline', events }), vocabulary: buildVocabulary(names).vocabulary }
}

const OUTAGE = timelineOf(
  name('wrong-command-run', ['mistyped command']),
  name('full-restart-needed', ['subsystems restarted']),
  name('new-servers-added'),
  name('replica-promoted-over-primary'),
  name('8-servers-restored'),
  name('traffic-moved-from-old-to-new-store'),
  name('status-page-down'),
  name('misconfiguration'),
  name('index-server', [], 'component'),
  name('send', [], 'message'),
)
const said = (label: string, diagram = OUTAGE): string | null => inOwnWords(diagram, label)

describe('a label means what it says in own words', () => {
  test.each([
    ['an engineer ran the wrong command', 'wrong-command-run'],
    ['mistyped a command in the playbook', 'wrong-command-run'],
    ['index + placement need a full restart', 'full-restart-needed'],
    ['full restart', 'full-restart-needed'],
    ['the subsystem restarts', 'full-restart-needed'],
    ['adding new servers', 'new-servers-added'],
    ['eight servers back', '8-servers-restored'],
    ['moved the traffic from the old store to a new one', 'traffic-moved-from-old-to-new-store'],
    ['a misconfiguration by hand', 'misconfiguration'],
  ])('%s', (label, id) => expect(said(label)).toBe(id))
})

describe('and nothing else', () => {
  test.each([
    ['another word for it', 'bad command'],
    ['one word of several', 'restart'],
    ['a negation', 'wrong command not run'],
    ['a failure of it', 'full restart needed but failed'],
    ['old for new', 'old servers added'],
    ['removed for added', 'new servers removed'],
    ['added and removed', 'new servers added and removed'],
    ['up for down', 'status page up'],
    ['another order of the ends', 'traffic moved from new store to old'],
    ['another order of a relation', 'primary promoted over replica'],
    ['another number', '9 servers restored'],
    ['a number of another thing', 'servers restored 8'],
    ['the name of a thing', 'the new index server'],
    ['a short word among others', 'send it over'],
    ['nothing', ' … '],
    ['two names as much as each other', 'wrong command run, full restart needed'],
    ['a long sentence', `wrong command run ${'and then one more thing '.repeat(3)}`],
  ])('%s', (_why, label) => expect(said(label)).toBeNull())
})

test('of two names that a label holds the longer one is meant', () => {
  const diagram = timelineOf(name('index-recovered'), name('index-partly-recovered-again'))
  expect(said('the index has partly recovered again', diagram)).toBe('index-partly-recovered-again')
  expect(said('the index has recovered at last', diagram)).toBe('index-recovered')
})

test('a single long word says nothing where two names have it', () => {
  const diagram = timelineOf(name('misconfiguration'), name('misconfiguration-found-later'))
  expect(said('a misconfiguration by hand', diagram)).toBeNull()
})

test('names of a topology are never guessed', () => {
  const drawing: Drawing = { form: 'topology', nodes: [], edges: [], groups: [] }
  expect(said('the wrong command was run', { ...OUTAGE, drawing })).toBeNull()
})

test('what the content lists as an alternative of one label is never guessed to be another', () => {
  const accept = [{ instead: 'wrong command run', also: ['run of a full restart needed'] }]
  expect(said('run of a full restart needed')).toBe('full-restart-needed')
  expect(said('run of a full restart needed', { ...OUTAGE, item: { ...OUTAGE.item, accept } })).toBeNull()
})

test('a grade says so', () => {
  const drawing: Drawing = {
    form: 'timeline',
    events: [{ id: 'one', at: '', label: 'somebody ran the wrong command', lane: '' }],
  }
  const answers = { facts: {}, context: {} }
  const { elements } = gradeAttempt(OUTAGE, { drawing, answers, seconds: null })
  expect(elements.find(({ drawn, kind }) => drawn === 'event:one' && kind === 'event')).toMatchObject({
    verdict: 'matched',
    because: '“somebody ran the wrong command” is taken to mean “wrong command run”.',
  })
})
