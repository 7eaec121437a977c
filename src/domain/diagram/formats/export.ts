import { err, ok, type Result } from '#lib/result.ts'
import type { LaidOut } from '../layout/index.ts'
import type { Drawing } from '../model.ts'
import { FORMAT_NAMES, FORMATS, type Format } from './format.ts'
import { pictureOf } from './picture.ts'
import { writeCanvas } from './write-canvas.ts'
import { writeD2 } from './write-d2.ts'
import { writeDot } from './write-dot.ts'
import { writeDrawio } from './write-drawio.ts'
import { writeExcalidraw } from './write-excalidraw.ts'
import { writeMermaid } from './write-mermaid.ts'

export interface ExportProblem {
  readonly format: Format
  readonly message: string
  /** The formats that can hold the drawing. */
  readonly instead: readonly Format[]
}

export const FILE_ENDINGS: Readonly<Record<Format, string>> = {
  excalidraw: '.excalidraw',
  drawio: '.drawio',
  mermaid: '.mmd',
  d2: '.d2',
  dot: '.dot',
  canvas: '.canvas',
}

export interface ExportInput {
  readonly drawing: Drawing
  /** The layout of this very drawing: where things stand in the tools that have places. */
  readonly laidOut: LaidOut
  readonly title: string
}

/**
 * A drawing as the text of another tool's file. Mermaid has no word for a matrix; every other format holds
 * every form.
 */
export function exportDrawing(
  { drawing, laidOut, title }: ExportInput,
  format: Format,
): Result<string, ExportProblem> {
  switch (format) {
    case 'excalidraw':
      return ok(writeExcalidraw(pictureOf(drawing, laidOut)))
    case 'drawio':
      return ok(writeDrawio(pictureOf(drawing, laidOut), title))
    case 'canvas':
      return ok(writeCanvas(pictureOf(drawing, laidOut)))
    case 'd2':
      return ok(writeD2(drawing))
    case 'dot':
      return ok(writeDot(drawing))
    case 'mermaid': {
      if (drawing.form !== 'matrix') return ok(writeMermaid(drawing))
      const instead = FORMATS.filter((one) => one !== 'mermaid')
      const names = instead.map((one) => FORMAT_NAMES[one]).join(', ')
      return err({ format, message: `Mermaid has no word for a matrix; ${names} hold one.`, instead })
    }
  }
}
