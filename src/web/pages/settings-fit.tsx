import { useEffect, useState } from 'react'
import type { FitView } from '#app/views-memory.ts'
import { call, type Failure, useView } from '../api.ts'
import { FailureNote } from '../ui/bits.tsx'
import { count, dayWords, percent } from '../ui/words.ts'
import { type PartProps, Switch } from './settings-parts.tsx'

const ASK_AGAIN_MS = 700

/** Whose parameters of memory count, on what evidence, and the fit while it runs. */
export function OwnParameters({ settings, change }: PartProps) {
  const { view, reload } = useView<FitView>('/api/memory/fit')
  const [now, setNow] = useState<FitView | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const fit = now ?? (view.state === 'ready' ? view.view : null)
  const running = fit !== null && fit.running !== null
  const own = settings.ownParameters
  // Whoever switches their own parameters off or on sees at once which count.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the setting asks again
  useEffect(() => {
    setNow(null)
    reload()
  }, [own])
  useEffect(() => {
    if (!running) return
    const timer = setInterval(async () => {
      const asked = await call<FitView>('GET', '/api/memory/fit')
      if (asked.ok) setNow(asked.value)
    }, ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [running])
  const send = async (method: 'POST' | 'DELETE') => {
    const done = await call<FitView>(method, '/api/memory/fit')
    setFailure(done.ok ? null : done.error)
    if (done.ok) setNow(done.value)
  }
  return (
    <section>
      <h2>The model of your memory</h2>
      <Switch
        label="Fit it to your own recalls"
        says="What you recalled so far trains it; it counts only if it then predicts your later recalls better."
        on={own}
        set={(ownParameters) => change({ ownParameters })}
      />
      {view.state === 'failed' && <FailureNote failure={view.failure} retry={reload} />}
      {failure && <FailureNote failure={failure} />}
      {fit && <Evidence fit={fit} />}
      {fit?.running ? (
        <div className="row">
          <progress aria-label="Fitting" max={1} value={fit.running.share} />
          <span className="numbers">{percent(fit.running.share)}</span>
          <button type="button" className="button" onClick={() => send('DELETE')}>
            Stop
          </button>
        </div>
      ) : (
        fit !== null &&
        fit.reviews >= FIT_LEAST && (
          <div>
            <button type="button" className="button" onClick={() => send('POST')}>
              Fit now
            </button>
          </div>
        )
      )}
    </section>
  )
}

const FIT_LEAST = 400

function Evidence({ fit }: { readonly fit: FitView }) {
  const { last, reviews, nextFrom, inForce, failure } = fit
  return (
    <>
      <p role="status">
        {inForce === 'own' ? 'Your own parameters count now.' : 'The default parameters count now.'}{' '}
        {last === null && reviews < nextFrom
          ? `Of the ${nextFrom} recalls that a fit needs you have ${reviews}.`
          : nextTime(reviews, nextFrom)}
      </p>
      {last !== null && (
        <p className="soft small">
          Last fit, {dayWords(new Date(last.at), new Date())}: trained on {count(last.trained, 'recall')}.{' '}
          {last.because}
        </p>
      )}
      {failure !== null && <p className="soft small">{failure}</p>}
    </>
  )
}

const nextTime = (reviews: number, nextFrom: number): string =>
  reviews >= nextFrom
    ? 'The next fit begins after your next recall.'
    : `The next fit begins by itself at ${nextFrom} recalls; you have ${reviews}.`
