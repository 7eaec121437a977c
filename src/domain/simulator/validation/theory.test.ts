import { describe, expect, test } from 'vitest'
import {
  cheHitRatio,
  erlangAAbandoned,
  erlangB,
  erlangC,
  forkJoin2,
  harmonic,
  mg1Wait,
  mm1kBlocked,
  mm1Quantile,
  mmcSojourn,
  mva,
} from './theory.ts'

/** Values that were computed apart from this project; M/M/c, Erlang B and C and MVA agree with Debian's octave-queueing 1.2.7. */
describe('closed forms agree with values known before', () => {
  test.each([
    ['Erlang B, 10 servers, 10 Erlang', erlangB(10, 10), 0.214582],
    ['Erlang B, 5 servers, 3 Erlang', erlangB(5, 3), 0.110054],
    ['Erlang C, 4 servers, rho 0.8', erlangC(4, 3.2), 0.596432],
    ['Erlang C, 64 servers, rho 0.9', erlangC(64, 57.6), 0.310663],
    ['M/M/4 sojourn, rho 0.8', mmcSojourn(4, 3.2, 1), 1.745541],
    ['M/M/16 sojourn, rho 0.95', mmcSojourn(16, 15.2, 1), 1.975241],
    ['M/M/1 p99, rho 0.8', mm1Quantile(0.99, 0.8, 1), 23.0259],
    ['M/G/1 wait, cs² 4, rho 0.7', mg1Wait(0.7, 4, 1), 5.833333],
    ['M/M/1/10 blocked, rho 0.8', mm1kBlocked(0.8, 10), 0.023493],
    ['M/M/1/10 blocked, rho 1', mm1kBlocked(1, 10), 0.090909],
    ['Erlang A, c 10', erlangAAbandoned(10, 12, 1, 0.5), 0.195656],
    ['Erlang A, c 1', erlangAAbandoned(1, 1.5, 1, 1), 0.482087],
    ['MVA throughput, 50 users', mva(50, 10, [0.1, 0.2]).throughput, 4.426653],
    ['MVA response, 50 users', mva(50, 10, [0.1, 0.2]).response, 1.295216],
    ['slowest of 10', harmonic(10), 2.928968],
    ['fork-join of two, rho 0.8', forkJoin2(0.8), 7],
    ['Che, 1,000 of 10,000, Zipf 1', cheHitRatio(10_000, 1, 1000), 0.6756],
    ['Che, 100 of 10,000, Zipf 0.8', cheHitRatio(10_000, 0.8, 100), 0.1566],
  ])('%s', (_, ours, published) => {
    expect(Math.abs(ours - published)).toBeLessThan(6e-5 * Math.max(1, published))
  })
})
