import { Component, type ReactNode } from 'react'

/** Stops an error of one page from taking the app with it, and says what to do. */
export class Fence extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    if (!this.state.error) return this.props.children
    return (
      <div className="page narrow stack" role="alert">
        <h1>This page broke</h1>
        <p>
          That is our mistake. What you drew and answered is kept in this browser; loading the page again
          brings it back.
        </p>
        <p className="soft small mono">{this.state.error.message}</p>
        <div className="row">
          <button type="button" className="button main" onClick={() => window.location.reload()}>
            Load again
          </button>
          <a className="button" href="/">
            Go to Today
          </a>
        </div>
      </div>
    )
  }
}
