import { useSyncExternalStore } from 'react'

/** The pages and their addresses. */
export type Route =
  | { readonly page: 'today' }
  | { readonly page: 'library' }
  | { readonly page: 'learn'; readonly id: string }
  | { readonly page: 'recall'; readonly id: string }
  | { readonly page: 'result'; readonly attempt: string }
  | { readonly page: 'progress' }
  | { readonly page: 'settings' }
  | { readonly page: 'mistakes' }
  | { readonly page: 'cards' }
  | { readonly page: 'contrast'; readonly drill: string }
  | { readonly page: 'lost' }

const SLUG = /^[a-z0-9-]+$/

export function routeOf(path: string): Route {
  const [page = '', first = '', second = '', ...rest] = path.split('/').filter((part) => part !== '')
  if (rest.length > 0) return { page: 'lost' }
  if (page === '') return { page: 'today' }
  if ((page === 'learn' || page === 'recall') && SLUG.test(first) && SLUG.test(second)) {
    return { page, id: `${first}/${second}` }
  }
  if (page === 'attempts' && SLUG.test(first) && second === '') return { page: 'result', attempt: first }
  if (page === 'contrast' && SLUG.test(first) && second === '') return { page, drill: first }
  if ((page === 'mistakes' || page === 'cards') && first === '') return { page }
  if ((page === 'library' || page === 'progress' || page === 'settings') && first === '') return { page }
  return { page: 'lost' }
}

export const learnPath = (id: string) => `/learn/${id}`
export const recallPath = (id: string) => `/recall/${id}`
export const contrastPath = (drill: string) => `/contrast/${drill}`
export const resultPath = (attempt: string) => `/attempts/${attempt}`

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) window.addEventListener('popstate', tell)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('popstate', tell)
  }
}

const here = () => window.location.pathname + window.location.search

export function navigate(to: string, how: 'push' | 'replace' = 'push') {
  if (to === here()) return
  const moved = new URL(to, window.location.href).pathname !== window.location.pathname
  if (how === 'push') window.history.pushState(null, '', to)
  else window.history.replaceState(null, '', to)
  tell()
  if (moved) window.scrollTo(0, 0)
}

/** The address now: path and search. */
export function useAddress(): { readonly path: string; readonly search: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, here)
  const [path = '/', search = ''] = address.split('?')
  return { path, search: new URLSearchParams(search) }
}
