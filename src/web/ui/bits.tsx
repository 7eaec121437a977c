import type { AnchorHTMLAttributes, ReactNode } from 'react'
import type { Failure, Loading } from '../api.ts'
import { keyCap, useKeys } from '../keys.tsx'
import { navigate } from '../router.ts'

/** A link inside the app: no page load, but still a link to open in a tab or copy. */
export function Link({
  to,
  children,
  ...rest
}: { readonly to: string; readonly children: ReactNode } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        if (event.defaultPrevented || event.button !== 0) return
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        navigate(to)
      }}
    >
      {children}
    </a>
  )
}

/** A key cap; seen, not read out: the list of keys (`?`) tells it in words. */
export const Key = ({ of }: { readonly of: string }) => (
  <span className="kbd" aria-hidden="true">
    {keyCap(of)}
  </span>
)

export function FailureNote({ failure, retry }: { readonly failure: Failure; readonly retry?: () => void }) {
  return (
    <div role="alert" className="stack note bad">
      <p>
        <strong>{failure.message}</strong> {failure.mend}
      </p>
      {retry && (
        <div>
          <button type="button" className="button" onClick={retry}>
            Retry
          </button>
        </div>
      )}
    </div>
  )
}

/** A page's view: what to show while it loads, and what to do when it does not. */
export function Shown<T>({
  view,
  reload,
  children,
}: {
  readonly view: Loading<T>
  readonly reload: () => void
  readonly children: (view: T) => ReactNode
}) {
  if (view.state === 'ready') return children(view.view)
  if (view.state === 'loading') return <LoadingPage />
  return <FailedPage failure={view.failure} retry={reload} />
}

export const LoadingPage = () => (
  <div className="page narrow" aria-busy="true">
    <p className="soft late" role="status">
      Loading
    </p>
  </div>
)

function FailedPage({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }) {
  // What is not there will not be there at the second try.
  const isGone = failure.code === 'not-found'
  const library = () => navigate('/library')
  useKeys('This page', [
    isGone
      ? { keys: ['Enter'], does: 'Go to the library', run: library }
      : { keys: ['Enter'], does: 'Retry', run: retry },
  ])
  return (
    <div className="page narrow stack">
      <h1>{isGone ? 'Not here' : 'This page could not be shown'}</h1>
      {isGone ? <FailureNote failure={failure} /> : <FailureNote failure={failure} retry={retry} />}
      <p>
        {isGone && (
          <>
            <Link to="/library">Go to the library</Link> ·{' '}
          </>
        )}
        <Link to="/">Go to Today</Link>
      </p>
    </div>
  )
}
