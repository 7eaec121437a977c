import { useKeys } from '../keys.tsx'
import { navigate } from '../router.ts'
import { Key, Link } from '../ui/bits.tsx'

export function LostPage() {
  useKeys('This page', [{ keys: ['Enter'], does: 'Go to Today', run: () => navigate('/') }])
  return (
    <div className="page narrow stack">
      <h1>There is nothing at this address</h1>
      <p className="soft">
        It may be mistyped, or the page has another name now. Ctrl K finds every page and drawing.
      </p>
      <div>
        <Link to="/" className="button main">
          Go to Today <Key of="Enter" />
        </Link>
      </div>
    </div>
  )
}
