import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, TEXT_MAX } from './text.ts'

test.each([
  ['<div>One</div><div>two<br>three</div>', 'One\ntwo\nthree'],
  ['<p>a</p>\n\n<p>b</p>', 'a\nb'],
  ['a<br><br>b', 'a\n\nb'],
  ['<ul><li>x</li><li>y</li></ul>', '- x\n- y'],
  ['10<sup>6</sup> of H<sub>2</sub>O', '10^6 of H2O'],
  ['a &lt;b&gt; &amp;amp; &#8594; &#x2192;&nbsp;c &unknown;', 'a <b> &amp; → → c &unknown;'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['<style>p{color:red}</style><script>alert("</p>")</script>seen', 'seen'],
  ['<!-- <b>not</b> -->seen<!-- for ever', 'seen'],
  ['<b title="a>b">bold</b>', 'bold'],
  ['<b title="never closed>bold</b>', 'bold'],
  ['<pre>a\n  b</pre>', 'a\nb'],
  ['nul\u0000 and \u0001 bell\u0007', 'nul and bell'],
  ['<script>left open', ''],
  ['İ<B>İ</B><BR>İ', 'İİ\nİ'],
])('%j is seen as %j', (html, text) => {
  expect(plainText(html)).toEqual({ text, leftOut: 0 })
})

test('what a text cannot show is said, and counted', () => {
  const html = '<img src="a.png"> then [sound:b.mp3]<svg><text>inside</text></svg><video src=x></video>'
  expect(plainText(html)).toEqual({ text: '[picture] then [sound][picture][film]', leftOut: 4 })
})

const PIECES = [
  '<',
  '>',
  '<a ',
  '</',
  '<!--',
  '-->',
  '<style>',
  '<pre>',
  '"',
  "'",
  '&',
  '&#0;',
  '&#x10ffff;',
  '\u0001',
  '[sound:',
  'x',
]

test('whatever comes, there is no tag left, no control sign, and no more than may be', () => {
  const html = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary' })), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(html, (pieces) => {
      const { text } = plainText(pieces.join(''))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those must be gone
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]|<style[\s>]|<!--/)
      expect(text.isWellFormed()).toBe(true)
    }),
  )
  expect(plainText('word '.repeat(100_000)).text).toHaveLength(TEXT_MAX)
})

test.each(['<', '<a ', '<!', '<style>', '&', '[sound:', '<b title="', '<pre>', '<br>', '<p>'])(
  'a megabyte of %j costs no more than its length',
  (piece) => {
    expect(plainText(piece.repeat(1_000_000 / piece.length)).leftOut).toBe(0)
  },
)
