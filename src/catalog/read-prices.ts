import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Design,
  type DesignProblem,
  type PriceFile,
  type PriceTables,
  priceFile,
} from '#domain/simulator/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import type { Finding } from './finding.ts'
import { readYaml } from './yaml-file.ts'

/** The regions that have a price table. */
export function priceRegions(contentFolder: string): string[] {
  const folder = join(contentFolder, 'prices')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
}

function noPrices(region: string, regions: readonly string[]): Pick<Finding, 'message' | 'mend'> {
  const near = nearest(region, regions)
  const mend = near === null ? `there is ${regions.join(', ')}` : `did you mean \`${near}\`?`
  return { message: `there are no prices for \`${region}\``, mend }
}

/** The price table of a region, or what is wrong with its file. */
export function readPrices(contentFolder: string, region: string): Result<PriceFile, readonly Finding[]> {
  const regions = priceRegions(contentFolder)
  const file = `prices/${region}.yaml`
  if (!regions.includes(region)) return err([{ file, line: 1, ...noPrices(region, regions) }])
  const read = readYaml(file, readFileSync(join(contentFolder, file), 'utf8'), priceFile)
  return read.value === null ? err(read.findings) : ok(read.value)
}

/** The tables that a design names, for itself and for its regions. */
export function readPriceTables(
  contentFolder: string,
  { file, regions }: Design,
  place: (problem: DesignProblem) => Finding,
): Result<PriceTables, readonly Finding[]> {
  const tables = new Map<string, PriceFile>()
  const there = priceRegions(contentFolder)
  for (const name of new Set([file.region, ...regions.prices.values()])) {
    if (!there.includes(name)) {
      const group = Object.entries(file.regions).find(([, { prices }]) => prices === name)
      const path = group === undefined ? ['region'] : ['regions', group[0], 'prices']
      return err([place({ path, ...noPrices(name, there) })])
    }
    const read = readPrices(contentFolder, name)
    if (!read.ok) return read
    tables.set(name, read.value)
  }
  return ok(tables)
}
