import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDefects, type LaidOut, layoutAtOnce, layoutHash } from '#domain/diagram/index.ts'
import type { CheckedDiagram } from './check.ts'

/** The picture is there, is of this drawing, and nothing in it collides. */
export function checkLayout({ item, diagram, report }: CheckedDiagram, contentFolder: string): void {
  const atOnce = layoutAtOnce(diagram.drawing, diagram.vocabulary)
  const laidOut =
    atOnce ?? bakedLayout(contentFolder, item.id, layoutHash(diagram.drawing, diagram.vocabulary))
  if (typeof laidOut === 'string') {
    report(['drawing'], laidOut, `run \`npm run bake -- ${item.id}\` and commit content/layouts`)
    return
  }
  for (const defect of findDefects(laidOut)) {
    report(
      ['drawing'],
      `in its picture, ${defect.says}`,
      'shorten a label, regroup, or change the order; then bake again',
    )
  }
}

function bakedLayout(contentFolder: string, id: string, hash: string): LaidOut | string {
  const file = join(contentFolder, 'layouts', `${id}.json`)
  if (!existsSync(file)) return 'its layout is not baked'
  const baked = JSON.parse(readFileSync(file, 'utf8')) as { hash: string; layout: LaidOut }
  return baked.hash === hash ? baked.layout : 'its baked layout is of another drawing'
}
