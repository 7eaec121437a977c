import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Vocabulary } from '#domain/diagram/index.ts'
import {
  checkModel,
  compileDesign,
  type Design,
  mendDesign,
  type PriceFile,
  placeProblem,
  resolveDesign,
} from '#domain/simulator/index.ts'
import type { Finding } from './finding.ts'
import { type ReadDesign, readDesign } from './read-design.ts'
import { priceRegions, readPrices, readPriceTables } from './read-prices.ts'

/** The names of the reference designs, in order. */
export function designNames(contentFolder: string): string[] {
  const folder = join(contentFolder, 'designs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
}

/** Every design and every price table: read, made a model, mended as the file says; prices with known sources. */
export function checkDesigns(
  contentFolder: string,
  field: Vocabulary,
  sources: ReadonlySet<string>,
): Finding[] {
  return [
    ...designNames(contentFolder).flatMap((name) =>
      checkDesign(contentFolder, `designs/${name}.yaml`, field),
    ),
    ...priceRegions(contentFolder).flatMap((region) => checkPrices(contentFolder, region, sources)),
  ]
}

function checkDesign(contentFolder: string, file: string, field: Vocabulary): Finding[] {
  const text = readFileSync(join(contentFolder, file), 'utf8')
  const read = readDesign(file, text, field, join(contentFolder, 'designs'))
  if (read.design === null) return [...read.findings]
  const { design } = read
  const findings = checkRunnable(design, read)
  const prices = readPriceTables(contentFolder, design, read.place)
  if (!prices.ok) findings.push(...prices.error)
  for (const part of ['objectives', 'breaks', 'mended_by'] as const) {
    const asked = design.file[part]
    if (asked !== undefined && Object.keys(asked).length > 0) continue
    const mend = 'a reference design has objectives, a load that breaks it and the change that mends it'
    findings.push(read.place({ path: [part], message: `${part} is missing`, mend }))
  }
  const mended = mendDesign(design.file)
  if (mended === null) return findings
  if (!mended.ok) {
    const mend = 'change numbers that the design has'
    return [...findings, read.place({ path: ['mended_by'], message: mended.error, mend })]
  }
  const again = resolveDesign(mended.value, field)
  if (again.design === null)
    return [...findings, ...again.problems.map((problem) => read.place({ ...problem, path: ['mended_by'] }))]
  return [...findings, ...checkRunnable(again.design, read)]
}

function checkRunnable(design: Design, read: ReadDesign): Finding[] {
  const model = compileDesign(design, { load: 1 })
  if (!model.ok) return model.error.map(read.place)
  return checkModel(model.value).map((problem) => read.place(placeProblem(design, problem)))
}

/** The sources that price tables cite. */
export function priceSources(contentFolder: string): ReadonlySet<string> {
  const tables = priceRegions(contentFolder).map((region) => readPrices(contentFolder, region))
  return new Set(tables.flatMap((table) => (table.ok ? cited(table.value).map(({ source }) => source) : [])))
}

const cited = ({ prices }: PriceFile) =>
  Object.entries(prices).flatMap(([what, price]) =>
    price === undefined ? [] : [{ what, source: price.source }],
  )

function checkPrices(contentFolder: string, region: string, sources: ReadonlySet<string>): Finding[] {
  const prices = readPrices(contentFolder, region)
  if (!prices.ok) return [...prices.error]
  return cited(prices.value)
    .filter(({ source }) => !sources.has(source))
    .map(({ what, source }) => ({
      file: `prices/${region}.yaml`,
      line: 1,
      message: `the price of ${what} names \`${source}\`, which is no source`,
      mend: 'add it to content/sources',
    }))
}
