import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ASSEMBLED, assembled } from './assembly.ts'

test('what is assembled is what the sources say: else run `npm run assembly`', async () => {
  expect(readFileSync(ASSEMBLED, 'utf8')).toBe(await assembled())
})
