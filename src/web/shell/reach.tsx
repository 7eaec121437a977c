import { useEffect, useId, useRef, useState } from 'react'
import type { LibraryView } from '#app/views.ts'
import { call } from '../api.ts'
import { type Binding, keyCap, useKeyList, useKeys } from '../keys.tsx'
import { learnPath, navigate, recallPath } from '../router.ts'
import { Key } from '../ui/bits.tsx'
import { CATEGORY_WORDS } from '../ui/words.ts'

interface Target {
  readonly id: string
  readonly name: string
  readonly what: string
  readonly go: () => void
}

const PAGES: readonly Target[] = [
  { id: 'today', name: 'Today', what: 'Page', go: () => navigate('/') },
  { id: 'library', name: 'Library', what: 'Page', go: () => navigate('/library') },
  { id: 'progress', name: 'Progress', what: 'Page', go: () => navigate('/progress') },
  { id: 'cards', name: 'Cards', what: 'Page', go: () => navigate('/cards') },
  { id: 'mistakes', name: 'Mistakes', what: 'Page', go: () => navigate('/mistakes') },
  { id: 'settings', name: 'Settings', what: 'Page', go: () => navigate('/settings') },
]

/** Every word of the search begins a word of the name, or occurs in it. */
export function matches(name: string, search: string): boolean {
  const low = name.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word))
}

const LIMIT = 12

function useTargets(open: boolean, actions: readonly Binding[]): readonly Target[] {
  const [diagrams, setDiagrams] = useState<readonly Target[]>([])
  useEffect(() => {
    if (!open) return
    let wanted = true
    call<LibraryView>('GET', '/api/library').then((result) => {
      if (!wanted || !result.ok) return
      setDiagrams(
        result.value.diagrams.flatMap((card): Target[] => [
          {
            id: `learn ${card.id}`,
            name: card.title,
            what: `Learn · ${CATEGORY_WORDS[card.category]}`,
            go: () => navigate(learnPath(card.id)),
          },
          {
            id: `recall ${card.id}`,
            name: card.title,
            what: 'Recall',
            go: () => navigate(recallPath(card.id)),
          },
        ]),
      )
    })
    return () => {
      wanted = false
    }
  }, [open])
  const own = actions.flatMap((binding): Target[] =>
    binding.run && !binding.quiet
      ? [{ id: `do ${binding.does}`, name: binding.does, what: 'Action', go: binding.run }]
      : [],
  )
  return [...own, ...PAGES, ...diagrams]
}

/** Ctrl-K: every page, every diagram by its title, every action of the page at hand. `?`: every key. */
export function Reach() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [what, setWhat] = useState<'reach' | 'keys' | null>(null)
  const list = useKeyList()
  const open = (next: 'reach' | 'keys') => setWhat(next)
  useKeys('Everywhere', [
    { keys: ['Ctrl+K'], does: 'Go to anything', run: () => open('reach'), quiet: true },
    { keys: ['?'], does: 'All keys', run: () => open('keys') },
  ])
  useEffect(() => {
    const listen = (event: Event) => setWhat((event as CustomEvent<'reach' | 'keys'>).detail)
    window.addEventListener('atlas:open', listen)
    return () => window.removeEventListener('atlas:open', listen)
  }, [])
  useEffect(() => {
    if (what) dialog.current?.showModal()
    else dialog.current?.close()
  }, [what])
  const close = () => setWhat(null)
  return (
    <dialog
      ref={dialog}
      className={what === 'keys' ? undefined : 'reach'}
      aria-label={what === 'keys' ? 'All keys' : 'Go to anything'}
      onClose={close}
      onMouseDown={(event) => event.target === dialog.current && close()}
    >
      {what === 'reach' && <Finder close={close} actions={list().flatMap((entry) => entry.bindings)} />}
      {what === 'keys' && <AllKeys close={close} groups={list()} />}
    </dialog>
  )
}

function Finder({ close, actions }: { readonly close: () => void; readonly actions: readonly Binding[] }) {
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const [frozen] = useState(actions)
  const listId = useId()
  const all = useTargets(true, frozen)
  const found = all.filter((target) => matches(`${target.name} ${target.what}`, search)).slice(0, LIMIT)
  const chosen = Math.min(at, found.length - 1)
  const go = (target: Target | undefined) => {
    if (!target) return
    close()
    // The dialogue gives the focus back first, so that the page can take it.
    requestAnimationFrame(target.go)
  }
  return (
    <>
      <input
        role="combobox"
        aria-label="Search pages, diagrams and actions"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${chosen}` : undefined}
        placeholder="A page, a diagram, an action"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the dialogue was asked for to type in
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
          else if (event.key === 'Enter') go(found[chosen])
          else return
          event.preventDefault()
        }}
      />
      <div id={listId} role="listbox" aria-label="Found">
        {found.map((target, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={target.id}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === chosen}
            tabIndex={-1}
            onMouseMove={() => setAt(i)}
            onClick={() => go(target)}
          >
            <span>{target.name}</span>
            <span className="soft">{target.what}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="soft sheet">Nothing is called that. Try fewer letters.</p>}
    </>
  )
}

function AllKeys({
  close,
  groups,
}: {
  readonly close: () => void
  readonly groups: readonly { readonly name: string; readonly bindings: readonly Binding[] }[]
}) {
  return (
    <div className="sheet">
      <header>
        <h2>Keys</h2>
        <button type="button" className="button bare" onClick={close}>
          Close <Key of="Esc" />
        </button>
      </header>
      {groups
        .filter(({ bindings }) => bindings.length > 0)
        .map(({ name, bindings }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {bindings.map((binding) => (
                <div key={binding.does} style={{ display: 'contents' }}>
                  <dt>{binding.does}</dt>
                  <dd>
                    {binding.keys.map((keys) => (
                      <kbd key={keys} className="kbd">
                        {keyCap(keys)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  )
}
