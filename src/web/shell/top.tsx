import { useState } from 'react'
import { isMac } from '../keys.tsx'
import type { Route } from '../router.ts'
import { Link } from '../ui/bits.tsx'

const PLACES = [
  ['today', '/', 'Today'],
  ['library', '/library', 'Library'],
  ['progress', '/progress', 'Progress'],
  ['settings', '/settings', 'Settings'],
] as const

/** Asks the shell to open one of its dialogues. */
export const openShell = (what: 'reach' | 'keys') =>
  window.dispatchEvent(new CustomEvent('atlas:open', { detail: what }))

export function Top({ route }: { readonly route: Route }) {
  const [mac] = useState(isMac)
  return (
    <header className="top">
      <Link to="/" className="brand" aria-label="Atlas, to Today">
        <svg viewBox="0 0 32 32" fill="none" strokeWidth="2.5" strokeLinecap="round" aria-hidden="true">
          <path d="M11 11 21 21" />
          <circle cx="8" cy="8" r="4.2" />
          <rect x="20" y="20" width="8.4" height="8.4" rx="2.5" />
        </svg>
        <span>Atlas</span>
      </Link>
      <nav className="places" aria-label="Pages">
        {PLACES.map(([page, to, name]) => (
          <Link key={page} to={to} aria-current={route.page === page ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="tools">
        <button type="button" className="button bare icon" onClick={() => openShell('reach')}>
          <span className="hidden-words">Go to anything</span>
          <svg
            width="18"
            height="18"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            aria-hidden="true"
          >
            <circle cx="11" cy="11" r="7" />
            <path d="m20 20-3.5-3.5" />
          </svg>
          <span className="kbd" aria-hidden="true">
            {mac ? '⌘ K' : 'Ctrl K'}
          </span>
        </button>
        <button type="button" className="button bare keys-button" onClick={() => openShell('keys')}>
          <span className="hidden-words">All keys</span>
          <span className="kbd" aria-hidden="true">
            ?
          </span>
        </button>
      </div>
    </header>
  )
}
