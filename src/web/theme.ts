import type { Settings } from '#domain/progress/index.ts'

const KEY = 'atlas.theme'

/** Shows a theme now, and remembers it for the first paint of the next visit. */
export function showTheme(theme: Settings['theme']) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    window.localStorage.setItem(KEY, theme)
  } catch {
    // Storage can be closed to us; the theme then holds for this visit.
  }
}

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen === 'dark'
  return window.matchMedia('(prefers-color-scheme: dark)').matches
}
