import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { open, type Running, startAtlas } from './atlas.ts'

let atlas: Running
beforeAll(async () => {
  atlas = await startAtlas()
})
afterAll(() => atlas?.end())

interface Kept {
  readonly settings: {
    readonly scheduler: string
    readonly ladder: string
    readonly tierRecall: Readonly<Record<string, number>>
    readonly minutesPerDay: number | null
    readonly targetDate: string | null
  }
}
const kept = async () => ((await (await fetch(`${atlas.address}/api/settings`)).json()) as Kept).settings

describe('settings', () => {
  test('each change counts at once, and is taken back one by one', async () => {
    const { page, errors } = await open(atlas)
    await page.goto('/settings')
    const tier = page.getByLabel('Recall to aim for in tier 1, percent')
    await tier.fill('98')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await kept()).tierRecall).toEqual({ 1: 0.98 })
    await page.getByLabel('Minutes a day at most').fill('45')
    await page.keyboard.press('Tab')
    await expect.poll(async () => (await kept()).minutesPerDay).toBe(45)
    await page.getByLabel('Known by').fill('2027-03-12')
    await expect.poll(async () => (await kept()).targetDate).toBe('2027-03-12')
    await page.getByLabel('By a fixed ladder').check()
    await page.getByLabel('By how it went').check()
    await expect.poll(async () => (await kept()).ladder).toBe('multipliers')

    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await kept()).ladder).toBe('rungs')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await kept()).scheduler).toBe('fsrs')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await kept()).targetDate).toBeNull()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await kept()).minutesPerDay).toBeNull()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await kept()).tierRecall).toEqual({})
    await expect.poll(() => page.getByText('Saved', { exact: true }).count()).toBe(0)
    expect(errors).toEqual([])
  })

  test('a date that is typed is one change, made when its year is whole', async () => {
    const { page } = await open(atlas)
    const sent: (string | null)[] = []
    page.on('request', (request) => request.method() === 'PUT' && sent.push(request.postData()))
    await page.goto('/settings')
    const date = page.getByLabel('Known by')
    await date.focus()
    // Month, day, year as this browser's English has them; the same number either way.
    for (const digit of '03032028') await page.keyboard.type(digit, { delay: 40 })
    await expect.poll(async () => (await kept()).targetDate).toBe('2028-03-03')
    expect(sent).toEqual(['{"targetDate":"2028-03-03"}'])
    await page.getByRole('button', { name: 'No date' }).click()
    await expect.poll(async () => (await kept()).targetDate).toBeNull()
    await expect.poll(() => date.inputValue()).toBe('')
  })

  test('a number out of range goes back, and nothing is recorded', async () => {
    const { page } = await open(atlas)
    await page.goto('/settings')
    const tier = page.getByLabel('Recall to aim for in tier 2, percent')
    await tier.fill('40')
    await page.keyboard.press('Enter')
    await expect.poll(() => tier.inputValue()).toBe('')
    expect((await kept()).tierRecall).toEqual({})
  })

  test('a fit says how many recalls it waits for', async () => {
    const { page } = await open(atlas)
    await page.goto('/settings')
    await page.getByText('Of the 400 recalls that a fit needs you have 0.', { exact: false }).waitFor()
    expect(await page.getByRole('button', { name: 'Fit now' }).count()).toBe(0)
  })
})
