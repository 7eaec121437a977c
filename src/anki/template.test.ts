import { describe, expect, test } from 'vitest'
import { backOf, frontOf, withGaps } from './template.ts'

const fields = (values: Record<string, string>, cloze: number | null = null) => ({
  values: new Map(Object.entries(values)),
  cloze,
})

describe('a template', () => {
  const word = fields({ Front: 'house', Back: 'etxe', Note: '', Picture: '<img src=a>' })
  test.each([
    ['{{Front}}', 'house'],
    ['{{text:Front}}!', 'house!'],
    ['{{#Note}}has a note{{/Note}}{{^Note}}has none{{/Note}}', 'has none'],
    ['{{#Front}}a{{#Note}}b{{/Note}}c{{/Front}}', 'ac'],
    ['{{#Picture}}seen{{/Picture}}', 'seen'],
    ['{{Deck}}{{Tags}}{{Nothing}}{{! a word to oneself }}', ''],
    ['{{type:Back}}{{hint:Back}}', ''],
    ['{{/Front}}{{Front}} {{', 'house {{'],
  ])('%s shows %s', (front, shown) => {
    expect(frontOf({ front, back: '' }, word)).toBe(shown)
  })

  test('the back leaves out what the front showed', () => {
    const back = '{{FrontSide}}<hr id=answer>{{Back}} {{type:Back}}'
    expect(backOf({ front: '{{Front}}', back }, word)).toBe('etxe etxe')
    expect(backOf({ front: '', back: '{{FrontSide}}{{Back}}' }, word)).toBe('etxe')
  })

  test('that names a field without end stays small', () => {
    const long = fields({ Front: 'x'.repeat(100_000) })
    expect(frontOf({ front: '{{Front}}'.repeat(10_000), back: '' }, long).length).toBeLessThan(1_000_000)
    expect(frontOf({ front: '{{#Front}}'.repeat(5000), back: '' }, long)).toBe('')
  })
})

describe('a cloze', () => {
  const text = '{{c1::Paris}} is the capital of {{c2::France::country}}, {{c1::not Lyon}}'
  test.each([
    [1, '[…] is the capital of France, […]'],
    [2, 'Paris is the capital of [country], not Lyon'],
  ])('asks gap %i', (asked, shown) => {
    expect(withGaps(text, asked, 'front')).toBe(shown)
    expect(withGaps(text, asked, 'back')).toBe('Paris is the capital of France, not Lyon')
  })

  test('may stand within another, and may be left open', () => {
    expect(withGaps('{{c1::a {{c2::b}} c}}', 1, 'front')).toBe('[…]')
    expect(withGaps('{{c1::a {{c2::b}} c}}', 2, 'front')).toBe('a […] c')
    expect(withGaps('{{c1::open', 2, 'front')).toBe('open')
    expect(withGaps('{{c1,3::both}}', 3, 'front')).toBe('[…]')
    expect(withGaps('{{c1::'.repeat(50_000), 1, 'front')).toContain('…')
  })

  test('is found by its number in the template', () => {
    const front = '{{#c1}}first{{/c1}}{{#c2}}second{{/c2}}: {{cloze:Text}}'
    expect(frontOf({ front, back: '' }, fields({ Text: '{{c2::x}}' }, 2))).toBe('second: […]')
  })
})
