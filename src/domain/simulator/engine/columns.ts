// Where what stands in the table of stations. Constants alone: `assembly/` is compiled with the same file.

/** A station's record: its integers, then its fractions. */
export const STATION_BYTES = 128

/** Integers. The first three are its line: first and last call, and how many. */
export const WORDS = 16
export const HEAD = 0
export const TAIL = 1
export const LENGTH = 2
/** 0, or in which way it is plain at the moment (see `Express` and `records.ts`). */
export const PLAIN = 3
/** Workers that have nothing to do, those of one replica, and how many replicas there are. */
export const IDLE = 4
export const WORKERS = 5
export const REPLICAS = 6
/** The replica at which the search for a free one begins, or the turns taken. */
export const CURSOR = 7
/** Calls that may wait. */
export const BOUND = 8
/** What its gauge counts: calls there, waiting, in service, and the most that ever waited. */
export const PRESENT = 9
export const WAITING = 10
export const BUSY = 11
export const MOST_WAITING = 12
/** Of a plain one: where its replicas' records are, where its sampler or bucket is, and its events' code. */
export const REPLICAS_AT = 13
export const RECORD_AT = 14
export const CODE = 15

/** A replica's record: its line, as a station's, and its busy workers. */
export const REPLICA_WORDS = 4
export const AT_WORK = 3

/** Fractions of its gauge: integrals over time and sums (see `Gauge`). */
export const FIGURES = 8
export const PRESENT_SUM = 0
export const PRESENT_AT = 1
export const WAITING_SUM = 2
export const BUSY_SUM = 3
export const WAIT_SUM = 4
export const VISIT_SUM = 5
/** The longest visit. */
export const LONGEST = 6

/**
 * A histogram: buckets, 60 octaves of 128 and one above, how many records, and beside those of visits how many were
 * begun. A run has fewer events than 32 bits count.
 */
export const BUCKETS = 60 * 128 + 1
export const TOTAL = BUCKETS
export const WAITS = BUCKETS + 1
export const HISTOGRAM = BUCKETS + 2

/** How a value finds its bucket: as a 32-bit float, of whose bits the exponent and 7 of the mantissa are taken. */
export const SHIFT = 23 - 7
export const FIRST = (127 - 30) << 7
