import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'

/** One key and what it does. `keys` are combinations such as `Enter`, `Ctrl+Shift+Z`, `?`; any of them will do. */
export interface Binding {
  readonly keys: readonly string[]
  /** What it does, as the list of keys says it. */
  readonly does: string
  /** Absent: only listed, because a field or a canvas listens for it itself. */
  readonly run?: () => void
  /** Also while a field has the focus. Combinations with Ctrl always do, unless this is false: a field undoes for itself. */
  readonly inFields?: boolean
  /** Not among the actions of Ctrl-K. */
  readonly quiet?: boolean
}

interface Registry {
  readonly add: (name: string, bindings: { current: readonly Binding[] }) => () => void
  readonly list: () => readonly { readonly name: string; readonly bindings: readonly Binding[] }[]
}

const KeysContext = createContext<Registry | null>(null)

export const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** How a combination is written on a key cap. */
export const keyCap = (combination: string): string =>
  combination
    .replace('Ctrl+', isMac() ? '⌘ ' : 'Ctrl ')
    .replace('Shift+', isMac() ? '⇧ ' : 'Shift ')
    .replace('Alt+', isMac() ? '⌥ ' : 'Alt ')
    .replace('Escape', 'Esc')
    .replace('Enter', '↵')
    .replace('ArrowRight', '→')
    .replace('ArrowLeft', '←')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')

export interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/**
 * Whether an event is a combination. On a Mac the command key stands for Ctrl; Shift counts only where it is named or
 * with Ctrl.
 */
export function isCombination(event: Pressed, combination: string): boolean {
  const parts = combination.split('+')
  const key = parts.pop() || '+'
  const ctrl = event.ctrlKey || event.metaKey
  if (ctrl !== parts.includes('Ctrl') || event.altKey !== parts.includes('Alt')) return false
  if (parts.includes('Shift') !== event.shiftKey && (ctrl || key.length > 1 || parts.includes('Shift')))
    return false
  return event.key.toLowerCase() === (key === 'Space' ? ' ' : key.toLowerCase())
}

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** A field that is typed into, and so has an undo of its own. */
const isWritten = (target: EventTarget | null) =>
  inField(target) && !(target instanceof HTMLInputElement && /^(checkbox|radio|range)$/.test(target.type))

/** Enter and Space already mean something on a focused button or link; with Ctrl they do not. */
const isNative = (event: KeyboardEvent) =>
  !(event.ctrlKey || event.metaKey) &&
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof HTMLElement &&
  /^(BUTTON|A|SUMMARY)$/.test(event.target.tagName)

function bindingFor(registry: readonly { bindings: readonly Binding[] }[], event: KeyboardEvent) {
  const field = inField(event.target)
  for (const { bindings } of [...registry].reverse()) {
    for (const binding of bindings) {
      if (!binding.run || !binding.keys.some((keys) => isCombination(event, keys))) continue
      if (field && !binding.inFields && !(event.ctrlKey || event.metaKey)) continue
      if (binding.inFields === false && isWritten(event.target)) continue
      return binding
    }
  }
  return null
}

export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const entries = useRef<{ name: string; bindings: { current: readonly Binding[] } }[]>([])
  const registry = useMemo<Registry>(
    () => ({
      add: (name, bindings) => {
        const entry = { name, bindings }
        entries.current.push(entry)
        return () => {
          entries.current = entries.current.filter((one) => one !== entry)
        }
      },
      list: () => entries.current.map(({ name, bindings }) => ({ name, bindings: bindings.current })),
    }),
    [],
  )
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isNative(event)) return
      // Held down, Enter would go through page after page.
      if (event.repeat && event.key === 'Enter') return
      // An open dialogue has the keys to itself.
      if (document.querySelector('dialog[open]')) return
      const binding = bindingFor(registry.list(), event)
      if (!binding) return
      event.preventDefault()
      binding.run?.()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [registry])
  return <KeysContext value={registry}>{children}</KeysContext>
}

/** The keys of a page or a part of it, for as long as it is shown. The newest part wins. */
export function useKeys(name: string, bindings: readonly Binding[]) {
  const registry = useContext(KeysContext)
  const current = useRef(bindings)
  current.current = bindings
  useEffect(() => registry?.add(name, current), [registry, name])
}

export function useKeyList() {
  const registry = useContext(KeysContext)
  return () => registry?.list() ?? []
}
