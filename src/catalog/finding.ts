/** Something wrong in content/: where it is and how to mend it. Lines count from 1; files are relative to content/. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly message: string
  readonly mend: string
}

export const printFinding = (finding: Finding): string =>
  `content/${finding.file}:${finding.line}: ${finding.message}\n    ${finding.mend}`
