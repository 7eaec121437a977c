import type { RecallView } from '#app/views.ts'
import { useView } from '../api.ts'
import { recallPath } from '../router.ts'
import { Shown } from '../ui/bits.tsx'
import { useField } from '../ui/vocabulary.ts'
import { AnswerStage } from './answers.tsx'
import { DrawStage } from './draw.tsx'
import { useSession } from './session.ts'
import './recall.css'

export default function RecallPage({ id }: { readonly id: string }) {
  const { view, reload } = useView<RecallView>(`/api${recallPath(id)}`)
  return (
    <Shown view={view} reload={reload}>
      {(recall) => <Recall view={recall} />}
    </Shown>
  )
}

function Recall({ view }: { readonly view: RecallView }) {
  const session = useSession(view)
  const asked = { ...view, ...session.part }
  const field = useField()
  return (
    <>
      {session.saveFailure && session.stage === 'draw' && (
        <p className="saving soft small" role="status">
          {session.saveFailure.message} Your drawing is kept in this browser and will be sent when Atlas is
          back.
        </p>
      )}
      {session.stage === 'draw' ? (
        <DrawStage view={asked} session={session} field={field} />
      ) : (
        <AnswerStage view={asked} session={session} />
      )}
    </>
  )
}
