import { useCallback, useEffect, useRef, useState } from 'react'

const TICK_MS = 250
/** A longer gap between two ticks means that the machine slept: it does not count. */
const GAP_MS = 2000

/** Counts time while it runs and the page is seen; a hidden page, a closed lid and a stopped stage do not count. */
export function useClock(startSeconds: number, running: boolean) {
  const ms = useRef(startSeconds * 1000)
  const last = useRef<number | null>(null)
  const advance = useCallback(() => {
    const now = performance.now()
    if (last.current !== null) {
      const gap = now - last.current
      if (gap <= GAP_MS) ms.current += gap
    }
    last.current = now
  }, [])
  useEffect(() => {
    if (!running) return
    const start = () => {
      last.current = document.visibilityState === 'visible' ? performance.now() : null
    }
    const seen = () => {
      if (document.visibilityState === 'hidden') advance()
      start()
    }
    const tick = setInterval(() => document.visibilityState === 'visible' && advance(), TICK_MS)
    start()
    document.addEventListener('visibilitychange', seen)
    return () => {
      if (last.current !== null) advance()
      last.current = null
      clearInterval(tick)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [running, advance])
  const seconds = useCallback(() => ms.current / 1000, [])
  const reset = useCallback(() => {
    ms.current = 0
  }, [])
  return { seconds, reset }
}

/** The clock's whole seconds, as they change. */
export function useSeconds(seconds: () => number): number {
  const [shown, setShown] = useState(() => Math.floor(seconds()))
  useEffect(() => {
    const tick = setInterval(() => setShown(Math.floor(seconds())), TICK_MS)
    return () => clearInterval(tick)
  }, [seconds])
  return shown
}
