export { type Detected, detectFormat } from './detect.ts'
export { type ExportProblem, exportDrawing, FILE_ENDINGS } from './export.ts'
export {
  type D2Diagram,
  FORMAT_LIMITS,
  FORMAT_NAMES,
  FORMATS,
  type Format,
  type FormatProblem,
  type Imported,
  type MermaidDiagram,
  type Parsers,
  type SnapQuestion,
} from './format.ts'
export { type ImportInput, importDrawing } from './import.ts'
