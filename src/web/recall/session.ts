import { useCallback, useEffect, useRef, useState } from 'react'
import type { RecallPart, RecallView } from '#app/views.ts'
import {
  commit,
  type ElementId,
  type EntryContext,
  type History,
  redo,
  startHistory,
  undo,
} from '#domain/diagram/index.ts'
import type { Failure } from '../api.ts'
import { navigate, resultPath } from '../router.ts'
import { useClock } from './clock.ts'
import {
  dropDraft,
  forget,
  freshDraft,
  isBegun,
  type Kept,
  keep,
  resume,
  sendAttempt,
  sendDraft,
} from './draft.ts'
import type { Work } from './work.ts'

const SAVE_AFTER_MS = 400
/** The clock itself is saved this often while nothing else changes. */
const SAVE_CLOCK_MS = 5000

/** One recall from its first stroke to its attempt. */
export function useSession(view: RecallView) {
  const [first] = useState(() => resume(view))
  const { selected, select } = useSelection()
  const [context, setContext] = useState<EntryContext>({ last: null, edge: null })
  const { history, restart, ...picture } = useSteps(first.work, () => {
    select([])
    setContext({ last: null, edge: null })
  })
  const [answers, setAnswers] = useState(first.answers)
  const [stage, setStage] = useState(first.stage)
  const [key, setKey] = useState(first.key)
  const { ask, own, ...asked } = useAsked(view, first)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sending, setSending] = useState(false)
  const clock = useClock(first.seconds, stage === 'draw' && !sending)

  const now = useRef<Kept>(first)
  now.current = {
    work: history.now,
    answers,
    stage,
    ...own,
    key,
    seconds: clock.seconds(),
    at: new Date().toISOString(),
  }
  const saver = useSaver(view.id, now, clock.seconds, () => isBegun(first, partOf(view, first.part)))
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of these is saved
  useEffect(() => saver.changed(), [history, answers, stage, asked.par])

  /** Begins anew: with the part that is asked, or with all of the diagram. */
  const begin = async (anew: RecallPart | null) => {
    // What is on its way would be kept after it was dropped.
    await saver.settle()
    const dropped = await dropDraft(view.id)
    saver.reopen()
    if (!dropped.ok) return setFailure(dropped.error)
    const fresh = freshDraft(view.form, anew)
    saver.restart()
    forget(view.id)
    restart(fresh.work)
    setAnswers(fresh.answers)
    setKey(fresh.key)
    ask(anew)
    setStage(fresh.stage)
    select([])
    clock.reset()
    setFailure(null)
  }
  /** Hands in, with the total that the learner expects if they said one. */
  const submit = async (expected: number | null = null) => {
    if (sending) return
    setSending(true)
    await saver.settle()
    const sent = await sendAttempt(view.id, { ...now.current, seconds: clock.seconds() }, expected)
    setSending(false)
    if (!sent.ok) {
      saver.reopen()
      return setFailure(sent.error)
    }
    forget(view.id)
    navigate(resultPath(sent.value.attempt), 'replace')
  }
  return {
    ...picture,
    answers,
    setAnswers,
    stage,
    setStage,
    selected,
    select,
    context,
    setContext,
    clock,
    ...asked,
    begin,
    discard: () => begin(view.part),
    submit,
    sending,
    failure,
    saveFailure: saver.failure,
  }
}

function useSelection() {
  const [selected, setSelected] = useState<readonly ElementId[]>([])
  /** Nothing again is no change. */
  const select = (next: readonly ElementId[]) =>
    setSelected((before) => (before.length === 0 && next.length === 0 ? before : next))
  return { selected, select }
}

/** What is asked, and the clock for it. */
function useAsked(view: RecallView, first: Kept) {
  const [part, setPart] = useState(() => partOf(view, first.part))
  const [ownPar, setPar] = useState<number | null>(first.par ?? null)
  return {
    /** What is asked of the diagram; null for all of it. */
    part,
    /** The clock of this recall, in seconds. */
    par: ownPar ?? (part ?? view).parSeconds,
    isOwnPar: ownPar !== null,
    setPar,
    own: { part: part?.key ?? null, par: ownPar },
    ask: (anew: RecallPart | null) => {
      setPart(anew)
      setPar(null)
    },
  }
}

/** What was drawn, step by step; `moved` is told when a step is taken back or made again. */
function useSteps(first: Work, moved: () => void) {
  const [history, setHistory] = useState<History<Work>>(() => startHistory(first))
  const merging = useRef<string | null>(null)
  /** A step that can be undone. Steps that follow each other with the same `merge` are one. */
  const change = useCallback((work: Work, merge: string | null = null) => {
    const joined = merge !== null && merging.current === merge
    merging.current = merge
    setHistory((before) => (joined ? { ...before, now: work, future: [] } : commit(before, work)))
  }, [])
  const step = (by: typeof undo<Work>) => {
    merging.current = null
    setHistory(by)
    moved()
  }
  return {
    history,
    work: history.now,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change,
    undo: () => step(undo),
    redo: () => step(redo),
    restart: (work: Work) => setHistory(startHistory(work)),
  }
}

/** The part that a draft is of. */
const partOf = (view: RecallView, key: string | null): RecallPart | null =>
  key !== null && key === view.part?.key ? view.part : null

export type Session = ReturnType<typeof useSession>

/** Keeps the recall here at once and at the server a moment later. */
function useSaver(id: string, now: { readonly current: Kept }, seconds: () => number, begun: () => boolean) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const failed = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const sending = useRef<Promise<unknown>>(Promise.resolve())
  /** Until something is drawn or answered there is nothing to keep, and nothing shows up as left in the middle. */
  const [wasBegun] = useState(begun)
  const touched = useRef(wasBegun)
  const untouched = useRef<Kept | null>(now.current)
  const closed = useRef(false)
  const kept = useCallback(
    (): Kept => ({ ...now.current, seconds: seconds(), at: new Date().toISOString() }),
    [now, seconds],
  )
  const send = useCallback(
    (keepalive = false) => {
      clearTimeout(timer.current)
      const last = sending.current
      const next = last.then(async () => {
        if (closed.current || !touched.current) return
        const sent = await sendDraft(id, kept(), keepalive)
        failed.current = !sent.ok
        setFailure(sent.ok ? null : sent.error)
      })
      sending.current = next
    },
    [id, kept],
  )
  const changed = useCallback(() => {
    if (!touched.current) {
      const { work, answers, stage } = now.current
      const before = untouched.current
      untouched.current = now.current
      if (!before || (before.work === work && before.answers === answers && before.stage === stage)) return
      touched.current = true
    }
    keep(id, kept())
    clearTimeout(timer.current)
    timer.current = setTimeout(send, SAVE_AFTER_MS)
  }, [id, kept, now, send])
  useEffect(() => {
    const tick = setInterval(() => {
      if (closed.current || !touched.current) return
      if (failed.current) send()
      if (now.current.stage === 'draw' && document.visibilityState === 'visible') keep(id, kept())
    }, SAVE_CLOCK_MS)
    const leave = () => {
      if (closed.current || !touched.current) return
      keep(id, kept())
      if (document.visibilityState === 'hidden') send(true)
    }
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(tick)
      clearTimeout(timer.current)
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', leave)
      // Going to another page of the app: Today shall know of it at once.
      leave()
      send(true)
    }
  }, [id, kept, now, send])
  return {
    failure,
    changed,
    /** What comes next is a new beginning: nothing is kept of it until it changes. */
    restart: () => {
      clearTimeout(timer.current)
      touched.current = false
      untouched.current = null
    },
    reopen: () => {
      closed.current = false
    },
    /** Resolves when nothing is on its way any more, and sends nothing after it. */
    settle: async () => {
      clearTimeout(timer.current)
      closed.current = true
      await sending.current
    },
  }
}
