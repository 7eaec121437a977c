import { type KeyboardEvent, type ToggleEvent, useId, useRef, useState } from 'react'
import type { Form } from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Failure, GONE, isProblem } from '../api.ts'
import { isDark } from '../theme.ts'
import { FailureNote } from './bits.tsx'
import './download.css'

/** The formats by what the server calls them. */
const FORMATS = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['excalidraw', 'Excalidraw'],
  ['drawio', 'draw.io'],
  ['mermaid', 'Mermaid'],
  ['d2', 'D2'],
  ['dot', 'Graphviz DOT'],
  ['canvas', 'JSON Canvas'],
] as const
type As = (typeof FORMATS)[number][0]

interface Props {
  /** The address that gives the files, without the format. */
  readonly from: string
  readonly form: Form
  /** Which drawing, where there are two on a page. */
  readonly of?: string
}

/** A menu of the formats in which a drawing can be taken along. Each is made when it is asked for. */
export function Download({ from, form, of }: Props) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const busy = useRef(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState('')
  const save = async (as: As) => {
    if (busy.current) return
    busy.current = true
    setFailure(null)
    const file = await fileOf(from, as)
    busy.current = false
    if (!file.ok) return setFailure(file.error)
    hand(file.value)
    setSaved(`${file.value.name} is in your downloads.`)
    menu.current?.hidePopover()
  }
  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open') itemsOf(event.currentTarget)[0]?.focus()
    else setFailure(null)
  }
  // Mermaid has no word for a matrix.
  const formats = FORMATS.filter(([as]) => as !== 'mermaid' || form !== 'matrix')
  return (
    <span className="download">
      <button type="button" className="button bare" popoverTarget={id} aria-haspopup="menu">
        Download{of !== undefined && <span className="hidden-words"> {of}</span>}
      </button>
      <div id={id} ref={menu} popover="auto" className="download-menu" onToggle={toggled}>
        <div
          role="menu"
          aria-label={of === undefined ? 'Download as' : `Download ${of} as`}
          tabIndex={-1}
          onKeyDown={walk}
        >
          {formats.map(([as, name]) => (
            <button key={as} type="button" role="menuitem" tabIndex={-1} onClick={() => save(as)}>
              {name}
            </button>
          ))}
        </div>
        {failure && <FailureNote failure={failure} />}
      </div>
      <span className="hidden-words" role="status">
        {saved}
      </span>
    </span>
  )
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]

/** The keys of a menu: arrows, Home, End, and the letter that a format begins with. None of them reaches the page. */
function walk(event: KeyboardEvent<HTMLDivElement>) {
  if (event.key === 'Tab') return event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
  if (event.ctrlKey || event.metaKey || event.altKey) return
  event.stopPropagation()
  const items = itemsOf(event.currentTarget)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items.at(at <= 0 ? -1 : at - 1),
    Home: items[0],
    End: items.at(-1),
  }[event.key]
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  const key = event.key.toLowerCase()
  const named = /^[a-z]$/.test(key)
    ? after.find((item) => item.textContent?.toLowerCase().startsWith(key))
    : undefined
  const target = next ?? named
  if (!target) return
  event.preventDefault()
  target.focus()
}

interface Made {
  readonly name: string
  readonly content: Blob
}

/** A file as the server names it; PNG is painted here from the SVG. */
async function fileOf(from: string, as: As): Promise<Result<Made, Failure>> {
  const theme = isDark() ? 'dark' : 'light'
  try {
    const answer = await fetch(`${from}/${as === 'png' ? 'svg' : as}?theme=${theme}`, { cache: 'no-store' })
    if (!answer.ok) {
      const problem: unknown = await answer.json().catch(() => null)
      return err(isProblem(problem) ? problem : GONE)
    }
    const [, name = `drawing.${as}`] =
      /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? []
    if (as !== 'png') return ok({ name, content: await answer.blob() })
    const svg = await answer.text()
    const { paintPng } = await import('./paint-png.ts')
    const content = await paintPng(svg)
    return content ? ok({ name: name.replace(/\.svg$/, '.png'), content }) : err(UNPAINTED)
  } catch {
    return err(GONE)
  }
}

const UNPAINTED: Failure = {
  code: 'fault',
  message: 'This browser could not paint the drawing.',
  mend: 'Take SVG, or `npx atlas show ID --as png` in the terminal.',
}

/** Long enough for any browser to have taken the file. */
const KEPT_MS = 60_000

function hand({ name, content }: Made) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
