import { type Random, seeded } from '#lib/random.ts'
import {
  type FsrsModel,
  firstDifficulty,
  firstStability,
  type Grade,
  modelOf,
  nextDifficulty,
  recallAfter,
  stabilityAfterFail,
  stabilityAfterPass,
} from '../../src/domain/memory/model.ts'
import { policyFor } from '../../src/domain/memory/policy.ts'
import { type Estimate, estimate } from './compare.ts'
import { fitStories, type Story } from './fit.ts'
import { live, type Scheduler } from './learners.ts'
import { activationMinds, DEFAULTS, type Minds, normal, type Truth } from './truths.ts'

/**
 * What scores are worth to a scheduler. The truth is not FSRS: a diagram of twelve elements, each recalled
 * with the probability that the
 * activation of its diagram gives, shifted on each occasion by a good or a bad day. The score is the share
 * recalled, of 100.
 */
const ELEMENTS = 12
const DAY_NOISE = 0.8
const SCALE = { items: 200, perDay: 8 }
const YEAR = 364
const RECORDED = 24
const LEARNERS = 80
const PILOTS = 6

export type Scheme =
  | { readonly kind: 'pass or fail'; readonly pass: number }
  | { readonly kind: 'four ratings'; readonly pass: number; readonly good: number; readonly easy: number }
  | { readonly kind: 'continuous'; readonly pass: number; readonly good: number; readonly easy: number }

function gradeOf(scheme: Scheme, score: number): Grade {
  if (score < scheme.pass) return 1
  if (scheme.kind === 'pass or fail') return 3
  return score < scheme.good ? 2 : score < scheme.easy ? 3 : 4
}

/** One learner's scores as they fall, and what they cost. */
interface Sheet {
  readonly scores: Float64Array
  minutes: number
}

function scoredTruth(scheme: Scheme, sheet: Sheet): Truth {
  const drawn = (random: Random, recall: number): number => {
    const logit = Math.log(recall / (1 - recall)) + DAY_NOISE * normal(random)
    const share = 1 / (1 + Math.exp(-logit))
    let recalled = 0
    for (let i = 0; i < ELEMENTS; i++) if (random() < share) recalled++
    return (100 * recalled) / ELEMENTS
  }
  return {
    name: 'scores',
    parameters: null,
    minds(items, random): Minds {
      const minds = activationMinds(items, random)
      return {
        ...minds,
        meet(item) {
          minds.meet(item)
          const score = drawn(random, minds.recall(item, 1 / 144))
          sheet.scores[item] = score
          return gradeOf(scheme, score)
        },
        answer(item, days) {
          const score = drawn(random, Math.min(1 - 1e-9, minds.recall(item, days)))
          minds.answer(item, days)
          sheet.scores[item] = score
          // The redraw takes three minutes, and two more are spread over the elements that need a correction.
          sheet.minutes += 3 + 2 * (1 - score / 100)
          return gradeOf(scheme, score)
        },
      }
    },
  }
}

/** The stability that each grade would leave, between which a continuous score interpolates in the logarithm. */
function stabilityFor(
  model: FsrsModel,
  scheme: Scheme,
  stability: number,
  difficulty: number,
  r: number,
  score: number,
): { stability: number; grade: number } {
  const after = (grade: Grade) =>
    grade === 1
      ? stabilityAfterFail(model, stability, difficulty, r)
      : stabilityAfterPass(model, stability, difficulty, r, grade)
  if (scheme.kind !== 'continuous') {
    const grade = gradeOf(scheme, score)
    return { stability: after(grade), grade }
  }
  // Anchors: the middle of each rating's band stands for that rating.
  const { pass, good, easy } = scheme
  const anchors = [pass - 15, (pass + good) / 2, (good + easy) / 2, (easy + 100) / 2]
  const place = anchors.findIndex((anchor) => score < anchor)
  if (place === 0) return { stability: after(1), grade: 1 }
  if (place < 0) return { stability: after(4), grade: 4 }
  const low = anchors[place - 1] as number
  const share = (score - low) / ((anchors[place] as number) - low)
  const [under, over] = [after(place as Grade), after((place + 1) as Grade)]
  return { stability: under ** (1 - share) * over ** share, grade: place + share }
}

/** A memory as one scheme sees it, and its step after a score. */
interface Seen {
  stability: number
  difficulty: number
}

function step(model: FsrsModel, scheme: Scheme, seen: Seen, elapsed: number, score: number): void {
  if (elapsed === 0) {
    const grade = gradeOf(scheme, score)
    seen.stability = firstStability(model, grade)
    seen.difficulty = firstDifficulty(model, grade)
    return
  }
  const { stability, difficulty } = seen
  const r = recallAfter(model, elapsed, stability)
  const next = stabilityFor(model, scheme, stability, difficulty, r, score)
  const low = Math.floor(next.grade) as Grade
  const share = next.grade - low
  const under = nextDifficulty(model, difficulty, low)
  seen.stability = next.stability
  seen.difficulty =
    share === 0 ? under : under * (1 - share) + share * nextDifficulty(model, difficulty, (low + 1) as Grade)
}

function scheduler(scheme: Scheme, parameters: readonly number[], target: number, sheet: Sheet): Scheduler {
  const model = modelOf(parameters)
  const policy = policyFor(parameters, target)
  const items = Array.from({ length: SCALE.items }, (): Seen => ({ stability: 0, difficulty: 0 }))
  return {
    next(item, elapsed) {
      const seen = items[item] as Seen
      step(model, scheme, seen, elapsed, sheet.scores[item] as number)
      return policy.intervalDays(seen.stability, seen.difficulty)
    },
  }
}

const blank = (): Sheet => ({ scores: new Float64Array(SCALE.items), minutes: 0 })

/** One item's scores in their order, with the days since the last. */
type Record = readonly { readonly days: number; readonly score: number }[]

/** The same half-years of the same learners for every scheme: reviewed by FSRS's defaults at pass or fail from 75. */
function records(): Record[][] {
  const scheme: Scheme = { kind: 'pass or fail', pass: 75 }
  return Array.from({ length: RECORDED }, (_, seed) => {
    const sheet = blank()
    const mine = Array.from({ length: SCALE.items }, (): { days: number; score: number }[] => [])
    const plan = scheduler(scheme, DEFAULTS, 0.9, sheet)
    live(scoredTruth(scheme, sheet), plan, 5000 + seed, SCALE, YEAR / 2, (item, days) =>
      mine[item]?.push({ days, score: sheet.scores[item] as number }),
    )
    return mine.filter((record) => record.length > 1)
  })
}

interface Prediction {
  readonly recall: number
  readonly score: number
}

function predictionsOf(scheme: Scheme, parameters: readonly number[], of: readonly Record[]): Prediction[] {
  const model = modelOf(parameters)
  return of.flatMap((record) => {
    const seen: Seen = { stability: 0, difficulty: 0 }
    return record.flatMap(({ days, score }) => {
      const known = days > 0 ? [{ recall: recallAfter(model, days, seen.stability), score: score / 100 }] : []
      step(model, scheme, seen, days, score)
      return known
    })
  })
}

function parametersFor(scheme: Scheme, of: readonly Record[]): Promise<number[]> {
  const stories = of.map(
    (record): Story => record.map(({ days, score }) => ({ grade: gradeOf(scheme, score), days })),
  )
  return fitStories(stories)
}

/**
 * Cross-entropy of the share recalled, review by review, after the prediction was fitted to it by a line
 * in logits on the other half.
 */
function losses(predictions: readonly Prediction[]): number[] {
  const half = predictions.length >> 1
  const logit = ({ recall }: Prediction) => {
    const r = Math.min(1 - 1e-4, Math.max(1e-4, recall))
    return Math.log(r / (1 - r))
  }
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
  let a = 0
  let b = 1
  const train = predictions.slice(0, half)
  for (let step = 0; step < 60; step++) {
    // A weak pull towards the prediction as it stands keeps the line where few are forgotten.
    let [ga, gb, haa, hab, hbb] = [-a, 1 - b, 1, 0, 1]
    for (const one of train) {
      const x = logit(one)
      const p = sigmoid(a + b * x)
      const w = p * (1 - p)
      ga += one.score - p
      gb += (one.score - p) * x
      haa += w
      hab += w * x
      hbb += w * x * x
    }
    const det = haa * hbb - hab * hab
    // Newton's step, held short: predictions that hardly differ would send the line far away.
    a += held((ga * hbb - gb * hab) / det)
    b += held((gb * haa - ga * hab) / det)
  }
  return predictions.slice(half).map((one) => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, sigmoid(a + b * logit(one))))
    return -one.score * Math.log(p) - (1 - one.score) * Math.log(1 - p)
  })
}

const held = (step: number): number => Math.min(0.3, Math.max(-0.3, step))

export interface SchemeResult {
  readonly scheme: Scheme
  readonly loss: number
  /** Its loss less that of four ratings at 60, 75 and 92, review by review. */
  readonly lossAgainst: Estimate
  /** Minutes of a year at a true mean recall of 95% of elements, and half the width of their 95% interval. */
  readonly minutes: number
  readonly halfWidth: number
  /** Pass rate at reviews nearest to that recall. */
  readonly passRate: number
}

interface Year {
  readonly minutes: number[]
  readonly recalls: number[]
  readonly passRate: number
}

function years(scheme: Scheme, parameters: readonly number[], target: number, learners: number): Year {
  const minutes: number[] = []
  const recalls: number[] = []
  let passes = 0
  let reviews = 0
  for (let seed = 0; seed < learners; seed++) {
    const sheet = blank()
    const plan = scheduler(scheme, parameters, target, sheet)
    const outcome = live(scoredTruth(scheme, sheet), plan, seed, SCALE, YEAR).at(-1)
    minutes.push(sheet.minutes)
    recalls.push(outcome?.meanRecall ?? 0)
    passes += (outcome?.reviews ?? 0) - (outcome?.fails ?? 0)
    reviews += outcome?.reviews ?? 0
  }
  return { minutes, recalls, passRate: passes / reviews }
}

const probability = (logit: number): number => 1 / (1 + Math.exp(-logit))

type Scored = Omit<SchemeResult, 'loss' | 'lossAgainst'> & { readonly losses: readonly number[] }

/**
 * What one scheme predicts and costs. Minutes are those at the true mean recall `at`, with the target that
 * gives it.
 */
async function scoreScheme(scheme: Scheme, of: readonly Record[][], at: number): Promise<Scored> {
  const half = RECORDED / 2
  const parameters = await parametersFor(scheme, of.slice(0, half).flat())
  let [under, over] = [0, 6]
  for (let i = 0; i < 7; i++) {
    const middle = (under + over) / 2
    if (average(years(scheme, parameters, probability(middle), PILOTS).recalls) < at) under = middle
    else over = middle
  }
  const low = years(scheme, parameters, probability(over - 0.15), LEARNERS)
  const high = years(scheme, parameters, probability(over + 0.15), LEARNERS)
  const [from, to] = [average(low.recalls), average(high.recalls)]
  const share = (at - from) / (to - from)
  const slope = (average(high.minutes) - average(low.minutes)) / (to - from)
  const each = low.minutes.map((value, i) => {
    const minutes = value * (1 - share) + (high.minutes[i] as number) * share
    const recall = (low.recalls[i] as number) * (1 - share) + (high.recalls[i] as number) * share
    return minutes - slope * (recall - at)
  })
  const mean = average(each)
  const spread = Math.sqrt(average(each.map((value) => (value - mean) ** 2)))
  return {
    scheme,
    losses: losses(shuffled(predictionsOf(scheme, parameters, of.slice(half).flat()))),
    minutes: mean,
    halfWidth: (1.96 * spread) / Math.sqrt(LEARNERS),
    passRate: low.passRate * (1 - share) + high.passRate * share,
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const random = seeded(3)
  return list
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const SCHEMES: readonly Scheme[] = [
  ...[50, 60, 70, 80, 90].map((pass): Scheme => ({ kind: 'pass or fail', pass })),
  { kind: 'four ratings', pass: 60, good: 75, easy: 92 },
  { kind: 'four ratings', pass: 70, good: 80, easy: 92 },
  { kind: 'four ratings', pass: 80, good: 90, easy: 97 },
  { kind: 'continuous', pass: 60, good: 75, easy: 92 },
  { kind: 'continuous', pass: 70, good: 80, easy: 92 },
]

/** Every scheme at a true mean recall of 95% of elements. */
export async function scoreSchemes(): Promise<SchemeResult[]> {
  const of = records()
  const results: Scored[] = []
  for (const scheme of SCHEMES) results.push(await scoreScheme(scheme, of, 0.95))
  const base = results.find(({ scheme }) => scheme.kind === 'four ratings')?.losses ?? []
  return results.map(({ losses: each, ...rest }) => ({
    ...rest,
    loss: average(each),
    lossAgainst: estimate(each.map((value, i) => value - (base[i] as number))),
  }))
}
