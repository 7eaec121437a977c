import { readFileSync, writeFileSync } from 'node:fs'
import { figure } from './figure.ts'
import { measure } from './measure.ts'
import { tables } from './tables.ts'

/** `node bench/memory/report.ts`: measures, and writes the tables of docs/memory-proof.md and its figure anew. */
const PAGE = new URL('../../docs/memory-proof.md', import.meta.url)
const FIGURE = new URL('../../docs/memory-proof.svg', import.meta.url)
const [BEGIN, END] = ['<!-- measured -->', '<!-- end of measured -->']

const results = await measure((what) => console.error(`… ${what}`))
const page = readFileSync(PAGE, 'utf8')
const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length)
const after = page.slice(page.indexOf(END))
writeFileSync(PAGE, `${before}\n\n${tables(results)}\n\n${after}`)
writeFileSync(FIGURE, figure(results.truths))
