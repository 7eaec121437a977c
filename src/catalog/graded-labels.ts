import type { Drawing } from '#domain/diagram/index.ts'

/** The labels that a grade looks at. */
export function gradedLabels(drawing: Drawing): { label: string; what: string }[] {
  if (drawing.form === 'timeline') {
    return drawing.events.flatMap(({ label, lane }) => [
      { label, what: 'event' },
      ...(lane === '' ? [] : [{ label: lane, what: 'lane' }]),
    ])
  }
  if (drawing.form === 'matrix') {
    return [
      ...drawing.columns.map((label) => ({ label, what: 'column' })),
      ...drawing.rows.flatMap((row) => [
        { label: row.label, what: 'row' },
        ...row.cells.filter(Boolean).map((label) => ({ label, what: 'cell' })),
      ]),
    ]
  }
  const edges = drawing.form === 'topology' ? [] : drawing.edges.filter(({ label }) => label !== '')
  return [
    ...drawing.nodes.map(({ label }) => ({ label, what: 'node' })),
    ...drawing.groups.map(({ label }) => ({ label, what: 'group' })),
    ...edges.map(({ label }) => ({ label, what: drawing.form === 'sequence' ? 'message' : 'label' })),
  ]
}
