import { useCallback, useEffect, useState } from 'react'
import type { Problem } from '#app/views.ts'
import { err, ok, type Result } from '#lib/result.ts'

/** What a page is told when a request fails: the server's own problem, or that it could not be reached. */
export interface Failure {
  readonly code: Problem['code'] | 'gone'
  readonly message: string
  readonly mend: string
}

export const GONE: Failure = {
  code: 'gone',
  message: 'Atlas does not answer.',
  mend: 'Start it again with `npm start` in its folder, then retry. What you drew is kept in this browser.',
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'message' in body && 'mend' in body

export async function call<T>(
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  more: Pick<RequestInit, 'headers' | 'keepalive'> = {},
): Promise<Result<T, Failure>> {
  const init: RequestInit = { ...more, method, cache: 'no-store' }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { ...more.headers, 'content-type': 'application/json' }
  }
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    return err(GONE)
  }
  const text = await response.text().catch(() => '')
  const parsed = parseJson(text)
  if (response.ok) return ok(parsed as T)
  if (isProblem(parsed)) return err(parsed)
  if (response.status >= 502) return err(GONE)
  return err({
    code: response.status === 404 ? 'not-found' : 'storage',
    message: `Atlas answered with ${response.status}.`,
    mend: 'Retry; if it happens again, look at the terminal where Atlas runs.',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export type Loading<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'ready'; readonly view: T }

/**
 * The view of one page. It lives only as long as the page: nothing of it is kept, so that no answer is left in memory
 * when a recall begins.
 */
export function useView<T>(path: string): { view: Loading<T>; reload: () => void } {
  const [view, setView] = useState<Loading<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again for the same path
  useEffect(() => {
    let wanted = true
    call<T>('GET', path).then((result) => {
      if (!wanted) return
      setView(result.ok ? { state: 'ready', view: result.value } : { state: 'failed', failure: result.error })
    })
    return () => {
      wanted = false
    }
  }, [path, round])
  const reload = useCallback(() => setRound((r) => r + 1), [])
  return { view, reload }
}
