import { type Drawing, type ElementId, isLinked, type LinkedDrawing } from './model.ts'

/**
 * What is hidden when some elements are: they themselves, the connections of a hidden node, and the cells of a hidden
 * row or column.
 */
export function hiddenWith(drawing: Drawing, elements: ReadonlySet<ElementId>): ReadonlySet<ElementId> {
  const hidden = new Set(elements)
  if (drawing.form === 'matrix') {
    drawing.rows.forEach((row, r) => {
      row.cells.forEach((_, c) => {
        if (elements.has(`row:${r + 1}`) || elements.has(`column:${c + 1}`))
          hidden.add(`cell:${r + 1},${c + 1}`)
      })
    })
  } else if (isLinked(drawing)) {
    for (const { id, from, to } of drawing.edges)
      if (elements.has(`node:${from}`) || elements.has(`node:${to}`)) hidden.add(`edge:${id}`)
  }
  return hidden
}

/** The drawing without the elements, which `hiddenWith` has completed. Groups stay: they are where things belong. */
export function occluded(drawing: Drawing, hidden: ReadonlySet<ElementId>): Drawing {
  if (drawing.form === 'timeline')
    return { form: 'timeline', events: drawing.events.filter(({ id }) => !hidden.has(`event:${id}`)) }
  if (drawing.form === 'matrix') {
    const columns = drawing.columns.flatMap((label, c) =>
      hidden.has(`column:${c + 1}`) ? [] : [{ label, c }],
    )
    return {
      form: 'matrix',
      columns: columns.map(({ label }) => label),
      rows: drawing.rows.flatMap(({ label, cells }, r) => {
        if (hidden.has(`row:${r + 1}`)) return []
        const kept = columns.map(({ c }) => (hidden.has(`cell:${r + 1},${c + 1}`) ? '' : (cells[c] ?? '')))
        return [{ label, cells: kept }]
      }),
    }
  }
  return occludedLinks(drawing, hidden)
}

function occludedLinks(drawing: LinkedDrawing, hidden: ReadonlySet<ElementId>): LinkedDrawing {
  return {
    ...drawing,
    nodes: drawing.nodes.filter(({ id }) => !hidden.has(`node:${id}`)),
    edges: drawing.edges.filter(({ id }) => !hidden.has(`edge:${id}`)),
  }
}
