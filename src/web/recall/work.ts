import {
  type Drawing,
  emptyDrawing,
  type Form,
  isLinked,
  type LinkedDrawing,
  type Places,
  parseDrawing,
  placeNew,
  printDrawing,
  type Sheet,
  sizesOf,
  type Vocabulary,
} from '#domain/diagram/index.ts'

/** What a learner has drawn at one moment: the unit of undo. */
export interface Work {
  readonly drawing: Drawing
  readonly places: Places
}

export const emptyWork = (form: Form): Work => ({ drawing: emptyDrawing(form), places: {} })

export const sheetOf = (work: Work): Sheet => ({
  drawing: isLinked(work.drawing) ? work.drawing : (emptyDrawing('topology') as LinkedDrawing),
  places: work.places,
})

/** A screen too narrow for a drawing that grows to the right. */
const NARROW_PX = 700

/** The same with a place for every node that has none; nothing else moves. */
export function placed(work: Work, vocabulary: Vocabulary): Work {
  if (!isLinked(work.drawing) || work.drawing.form === 'sequence') return work
  const downward = work.drawing.form === 'decision' || window.innerWidth < NARROW_PX
  const places = placeNew(work.drawing, work.places, sizesOf(work.drawing, vocabulary), downward)
  return places === work.places ? work : { ...work, places }
}

/** The notation of what is drawn; rows of a table that name nothing are left out. */
export function textOf({ drawing }: Work): string {
  if (drawing.form === 'timeline')
    return printDrawing({ ...drawing, events: drawing.events.filter((event) => event.label !== '') })
  if (drawing.form === 'matrix')
    return printDrawing({ ...drawing, rows: drawing.rows.filter((row) => row.label !== '') })
  return printDrawing(drawing)
}

export const workOf = (text: string, form: Form, places: Places): Work => ({
  drawing: parseDrawing(text, form).drawing,
  places,
})

export function isEmpty({ drawing }: Work): boolean {
  if (drawing.form === 'timeline') return drawing.events.length === 0
  if (drawing.form === 'matrix') return drawing.columns.length === 0 && drawing.rows.length === 0
  return drawing.nodes.length === 0 && drawing.groups.length === 0
}
