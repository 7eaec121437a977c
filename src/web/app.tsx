import { lazy, Suspense, useEffect, useRef } from 'react'
import { KeysProvider } from './keys.tsx'
import { LearnPage } from './pages/learn.tsx'
import { LibraryPage } from './pages/library.tsx'
import { LostPage } from './pages/lost.tsx'
import { ProgressPage } from './pages/progress.tsx'
import { ResultPage } from './pages/result.tsx'
import { SettingsPage } from './pages/settings.tsx'
import { TodayPage } from './pages/today.tsx'
import { type Route, routeOf, useAddress } from './router.ts'
import { Fence } from './shell/fence.tsx'
import { Reach } from './shell/reach.tsx'
import { Top } from './shell/top.tsx'
import { LoadingPage } from './ui/bits.tsx'

// The canvas is the heaviest thing here and only recall needs it: the first page stays small.
const RecallPage = lazy(() => import('./recall/page.tsx'))
const MistakesPage = lazy(() => import('./pages/mistakes.tsx'))
const CardsPage = lazy(() => import('./pages/cards.tsx'))
const ContrastPage = lazy(() => import('./pages/contrast.tsx'))

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'today':
      return <TodayPage />
    case 'library':
      return <LibraryPage />
    case 'learn':
      return <LearnPage key={route.id} id={route.id} />
    case 'recall':
      return <RecallPage key={route.id} id={route.id} />
    case 'result':
      return <ResultPage key={route.attempt} attempt={route.attempt} />
    case 'progress':
      return <ProgressPage />
    case 'settings':
      return <SettingsPage />
    case 'mistakes':
      return <MistakesPage />
    case 'cards':
      return <CardsPage />
    case 'contrast':
      return <ContrastPage key={route.drill} drill={route.drill} />
    case 'lost':
      return <LostPage />
  }
}

function Frame() {
  const { path } = useAddress()
  const route = routeOf(path)
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: on each new page the reader starts at its beginning
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [path])
  return (
    <>
      <a className="button skip" href="#main">
        Skip to the page
      </a>
      <Top route={route} />
      <main id="main" ref={main} tabIndex={-1}>
        <Fence key={path}>
          <Suspense fallback={<LoadingPage />}>
            <Page route={route} />
          </Suspense>
        </Fence>
      </main>
      <Reach />
    </>
  )
}

export const App = () => (
  <KeysProvider>
    <Frame />
  </KeysProvider>
)
