import type { Form } from '#domain/diagram/index.ts'
import type { Binding } from '../keys.tsx'
import './examples.css'

/** A line as it may be typed, and what it does. */
type Example = readonly [line: string, does: string]

const LINKS: readonly Example[] = [
  ['-> queue: write', 'Goes on from the last node'],
  ['cache, queue @us-east', 'Puts them in a group'],
  [': HTTPS', 'Labels the last connection'],
  ['<', 'Turns the last connection round'],
  ['del a -> b', 'Takes a connection away; del a, a node'],
  ['rename a = x', 'Gives another name'],
]

/** The first few teach by example on an empty page; all of them are in the list of keys. */
const EXAMPLES: Readonly<Record<Form, readonly Example[]>> = {
  topology: [
    ['client -> lb: HTTPS', 'A connection and its label'],
    ['lb -> api, auth', 'One to several'],
    ['us-east: { api; db }', 'A group and what stands in it'],
    ...LINKS,
  ],
  states: [
    ['start -> idle', 'The first state'],
    ['idle -> busy: job arrives', 'What leads from one to the next'],
    ['-> idle: job done', 'Goes on from the last state'],
    ...LINKS.slice(2),
  ],
  decision: [
    ['too slow? -> measure first: no', 'A question, and where an answer leads'],
    ['y -> find the queue', 'Yes to the last question'],
    ['n -> leave it', 'No to the last question'],
    ...LINKS.slice(2),
  ],
  sequence: [
    ['client -> api: GET', 'Who sends what to whom'],
    ['-> db: query', 'Goes on from the last one'],
    ['db -> api -> client: rows', 'Back through several'],
    ['del 3', 'Takes the third message away'],
    ...LINKS.slice(2, 4),
    ...LINKS.slice(5),
  ],
  timeline: [
    ['09:37 | deploy begins | operator', 'When, what, and who or what'],
    ['+5 min | errors rise | api', 'Any way of writing a time'],
    ['| rolled back', 'Neither time nor who is needed'],
    ['del 3', 'Takes the third event away'],
  ],
  matrix: [
    ['| ordering | replay', 'The columns'],
    ['kafka | per partition | yes', 'A row, or the cells of one that stands'],
    ['del kafka', 'Takes a row away'],
  ],
}

/** What the line reads, for the list of keys. */
export const languageOf = (form: Form): Binding[] =>
  EXAMPLES[form].map(([line, does]) => ({ keys: [line], does }))

const FIRST = { topology: 3, states: 3, decision: 3, sequence: 3, timeline: 3, matrix: 2 } as const

/** What to type where nothing is drawn yet. */
export const Examples = ({ form }: { readonly form: Form }) => (
  <dl className="examples small">
    {EXAMPLES[form].slice(0, FIRST[form]).map(([line, does]) => (
      <div key={line}>
        <dt className="mono">{line}</dt>
        <dd className="soft">{does}</dd>
      </div>
    ))}
  </dl>
)
