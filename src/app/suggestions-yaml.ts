import { ok, type Result } from '#lib/result.ts'
import { appealSuggestions } from './appeals.ts'
import type { World } from './ports.ts'
import type { AppealSuggestion, Problem } from './views.ts'

/**
 * The standing appeals as a YAML file for whoever keeps the content: by diagram, in the shape of the content's own
 * files, so that what is right can be pasted. How often and the learner's words stand in comments.
 */
export async function suggestionsFile(world: World): Promise<Result<string, Problem>> {
  const found = await appealSuggestions(world)
  return found.ok ? ok(suggestionsYaml(found.value)) : found
}

const HEAD = `# What a learner's appeals suggest. Paste what is right, leave the rest.
#   aliases       for content/concepts, where it is a true synonym everywhere
#   accept        for this diagram's own "accept"
#   facts         for the "accept" of a fact
#   context       for the "accept" of a context slot
#   cells, edges  for this diagram's next revision: no list takes them
#   words         appeals that nothing could be made of
`

/** The order of the sections, and what each is called. */
const SECTIONS: readonly (readonly [AppealSuggestion['sort'], string])[] = [
  ['alias', 'aliases'],
  ['accept', 'accept'],
  ['fact', 'facts'],
  ['context', 'context'],
  ['cell', 'cells'],
  ['edge', 'edges'],
  ['words', 'words'],
]

export function suggestionsYaml(suggestions: readonly AppealSuggestion[]): string {
  if (suggestions.length === 0) return `${HEAD}{}\n`
  const diagrams = [...new Set(suggestions.map(({ diagram }) => diagram))]
  return `${HEAD}${diagrams.map((diagram) => diagramYaml(diagram, suggestions)).join('')}`
}

function diagramYaml(diagram: string, suggestions: readonly AppealSuggestion[]): string {
  const sections = SECTIONS.flatMap(([sort, name]) => {
    const own = suggestions.filter((one) => one.diagram === diagram && one.sort === sort)
    return own.length === 0 ? [] : [`  ${name}:\n${linesOf(sort, own)}`]
  })
  return `${quoted(diagram)}:\n${sections.join('')}`
}

function linesOf(sort: AppealSuggestion['sort'], suggestions: readonly AppealSuggestion[]): string {
  if (sort === 'edge' || sort === 'words')
    return suggestions.map((one) => `${comment(one)}    - ${quoted(one.of)}\n`).join('')
  return [...Map.groupBy(suggestions, ({ of }) => of)]
    .map(([of, all]) => {
      const given = `[${all.map((one) => quoted(one.given)).join(', ')}]`
      const line =
        sort === 'accept'
          ? `    - { instead: ${quoted(of)}, also: ${given} }\n`
          : sort === 'alias'
            ? `    ${quoted(of)}: { aliases: ${given} }\n`
            : `    ${quoted(of)}: { accept: ${given} }\n`
      return `${all.map(comment).join('')}${line}`
    })
    .join('')
}

/** A comment ends with its line, so nothing in it may end one. */
function comment({ given, times, says }: AppealSuggestion): string {
  const often = times === 1 ? 'once' : `${times} times`
  const words = says.map((one) => ` "${one}"`).join('')
  const text = `${given === '' ? '' : `${given}: `}${often}.${words}`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those end a line or are not allowed in YAML
  return `    # ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, ' ')}\n`
}

/** Plain where YAML could read it as nothing else; else in double quotes, as JSON has them. */
const quoted = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9 /_-]*[A-Za-z0-9]$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
