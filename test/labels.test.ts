import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readContent } from '#catalog/read-content.ts'
import { buildVocabulary, resolve } from '#domain/diagram/index.ts'

const root = join(import.meta.dirname, '..')
const fixture = (name: string): unknown =>
  parse(readFileSync(join(root, 'test/fixtures/labels', name), 'utf8'))

type Pair = readonly [string, string]
const synonyms = fixture('synonyms.yaml') as Record<string, Pair[]>
const confusable = fixture('confusable.yaml') as { pairs: Pair[]; unresolved: string[] }

const { vocabulary, collisions } = buildVocabulary(readContent(join(root, 'content')).concepts)
const meant = (label: string): string | null => resolve(vocabulary, label)?.concept ?? null

test('no label of the field belongs to two concepts', () => expect(collisions).toEqual([]))

test('there are enough pairs to mean something', () => {
  expect(Object.values(synonyms).flat().length).toBeGreaterThanOrEqual(300)
  expect(confusable.pairs.length).toBeGreaterThanOrEqual(150)
})

test.each(Object.entries(synonyms))('the same thing by two names: %s', (_area, pairs) => {
  const apart = pairs
    .map(([one, other]) => [one, other, meant(one), meant(other)] as const)
    .filter(([, , first, second]) => first === null || first !== second)
  expect(apart).toEqual([])
})

test('things that are easily confused are not one', () => {
  const mixed = confusable.pairs.filter(([one, other]) => meant(one) !== null && meant(one) === meant(other))
  expect(mixed).toEqual([])
})

test('of two confusable labels at least one is in the vocabulary', () => {
  const unknown = confusable.pairs.filter(([one, other]) => meant(one) === null && meant(other) === null)
  expect(unknown).toEqual([])
})

test('quantities, misspelt short names and empty words name no concept', () => {
  const named = confusable.unresolved.map((label) => [label, meant(label)]).filter(([, id]) => id !== null)
  expect(named).toEqual([])
})

/** Each name and alias of the field, with its concept. */
const LABELS = [...vocabulary.concepts.values()].flatMap(({ id, name, aliases }) =>
  [name, ...aliases].map((label) => [label, id] as const),
)

test('each name and alias of the field means its concept, in any case and with hyphens', () => {
  const lost = LABELS.filter(([label, id]) =>
    [label, label.toUpperCase(), label.replaceAll(' ', '-'), label.replaceAll(' ', '_')].some(
      (typed) => meant(typed) !== id,
    ),
  )
  expect(lost).toEqual([])
})

test('one typo inside a long word never leads from one concept to another', () => {
  const long = LABELS.filter(([label]) => /^[a-z ]*[a-z]{8,}[a-z ]*$/i.test(label))
  const typed = fc.tuple(fc.constantFrom(...long), fc.nat(), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'))
  let mended = 0
  fc.assert(
    fc.property(typed, ([[label, id], n, letter]) => {
      const { index, 0: word } = /[a-z]{8,}/i.exec(label) ?? { index: 0, 0: label }
      const at = index + 1 + (n % (word.length - 2))
      const found = resolve(vocabulary, label.slice(0, at) + letter + label.slice(at + 1))
      if (found?.how === 'typo') expect(found.concept).toBe(id)
      if (found?.how === 'typo') mended += 1
    }),
    { numRuns: 1000 },
  )
  expect(mended).toBeGreaterThan(800)
})
