import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { EMPTY_STATE, fold, learnerEvent } from './index.ts'

/**
 * Every shape that an event ever had, frozen: learners' histories hold them for ever. To add one, write a new file and
 * append its line to `frozen.sha256`; an existing file is never edited.
 */
const folder = join(import.meta.dirname, 'fixtures')
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string) => readFileSync(join(folder, name))
const frozen = new Map(
  readFileSync(join(folder, 'frozen.sha256'), 'utf8')
    .trim()
    .split('\n')
    .map((line): [string, string] => [line.slice(66), line.slice(0, 64)]),
)

test('the frozen files are those of the list, unchanged', () => {
  expect([...frozen.keys()].sort()).toEqual([...names].sort())
  for (const name of names)
    expect([name, createHash('sha256').update(read(name)).digest('hex')]).toEqual([name, frozen.get(name)])
})

test('every type of event in every version has one', () => {
  const shapes = learnerEvent.options.flatMap((option): readonly z.ZodObject[] =>
    'shape' in option ? [option] : option.options,
  )
  const first = (literal: unknown) => [...(literal as z.ZodLiteral).values][0]
  const kinds = shapes.map(({ shape }) => `${first(shape.type)}.v${first(shape.v)}`)
  const have = new Set(names.map((name) => name.replace(/(-[a-z]+)?\.json$/, '')))
  expect([...have].sort()).toEqual(kinds.sort())
})

test.each(names)('%s is readable, and reading it twice changes nothing', (name) => {
  const raw: unknown = JSON.parse(read(name).toString())
  const once = learnerEvent.parse(raw)
  expect(once).toEqual(raw)
  expect(learnerEvent.parse(JSON.parse(JSON.stringify(once)))).toEqual(once)
})

test('together they fold to the state that they always folded to', () => {
  const state = fold(
    EMPTY_STATE,
    names.map((name) => learnerEvent.parse(JSON.parse(read(name).toString()))),
  )
  expect(state).toMatchSnapshot()
})
