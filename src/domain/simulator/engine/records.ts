// Where what stands in the records that the engine shares with `assembly/`. Constants alone: it is compiled with the
// same file. Places of integers count in fours of bytes, of fractions in eights, of addresses and records in bytes.

/** What of a run changes with every event. */
export const HEADS = 16
/** Events in the queue; 1: the first was taken, and its place is free; the last sequence number. */
export const SIZE = 0
export const HOLE = 1
export const SEQUENCE = 2
/**
 * The first event's place in the queue, a heap in fours: below i are 4i - 8 to 4i - 5, four in one line of the
 * processor's cache, and above i is ⌊i/4⌋ + 2.
 */
export const TOP = 3
/** Of calls: the slot given back last (-1: none), slots ever taken, slots there are. */
export const FREE = 3
export const SLOTS = 5
export const SLOT_LIMIT = 6
/** 1: nothing goes on in `assembly/`: the bound of memory was reached, or what it knows has moved elsewhere. */
export const STOPPED = 7
/** Requests until the next that is traced; 0: none is. */
export const UNTRACED = 8
/** 1: there is no network between stations. */
export const NEAR = 9
export const GUARDED_CALLS = 10
export const ATTEMPTS = 11
export const RETRIES = 12

/** A sampler: the next of its block, its law, its number and its stream; what draws are multiplied by; its block. */
export const SAMPLER_BYTES = 24 + 64 * 8
export const BLOCK = 64
export const AT = 0
export const LAW = 1
export const NUMBER = 2
export const STREAM = 3
export const SCALE = 2
export const DRAWS = 24
export const CONSTANT = 0
export const EXPONENTIAL = 1

/** A lane of timers: first and last call, 1 where its event is among the events, its code, and its delay. */
export const LANE_BYTES = 24
export const LANE_HEAD = 0
export const LANE_TAIL = 1
export const LANE_ARMED = 2
export const LANE_CODE = 3
export const LANE_DELAY = 2

/** Batches: the sum of the open one, of all, of 64; then how many are in the open one, how many fill it, full ones. */
export const MOST_BATCHES = 64
export const BATCHES_BYTES = 8 * (2 + MOST_BATCHES) + 16
export const SUM = 0
export const ALL = 1
export const SUMS = 2
export const COUNTS = 8 * (2 + MOST_BATCHES)
export const COUNT = 0
export const LENGTH_OF_BATCH = 1
export const FULL = 2

/** A site. A guard of 0: none; of 1: one that is not plain; else the lane of a guard that only has a timeout. */
export const SITE_WORDS = 8
export const ONLY = 0
export const PROGRAM = 1
export const GUARD = 2
export const SAMPLER = 3
export const WRITES = 4

/** An actor: what it is, which station, and of a source what it needs. */
export const ACTOR_WORDS = 8
export const KIND = 0
export const INDEX = 1
export const ARMED_AT = 2
export const RATE_AT = 3
export const GAP = 4
export const MIX = 5
export const MIXED = 6
export const CHOICES = 7
export const STATION_KIND = 1
export const SOURCE_KIND = 2

/** One type that a source sends: weights up to it, then its site and request. */
export const MIX_BYTES = 16
export const UP_TO = 0
export const MIX_SITE = 2
export const MIX_REQUEST = 3

/** A type of request: where its counts are. The last of all is that of all together; 0: there is one type. */
export const REQUEST_WORDS = 4
export const BEGUN = 0
export const LATENCY = 1
export const LARGEST = 2
export const LATENCIES = 3

/** An objective of latency: its seconds, its request (-1: any), its batches. */
export const WITHIN_BYTES = 16
export const WITHIN_SECONDS = 0
export const WITHIN_REQUEST = 2
export const WITHIN_BATCHES = 3

/** A bucket of tokens: how many, when filled, how many a second, and how many at most. */
export const TOKENS = 0
export const FILLED_AT = 1
export const PER_SECOND = 2
export const BURST = 3

// Ways in which a station is plain at the moment (`PLAIN` of the table).
/** Free workers and a line; the same, with workers held while a call's steps run; tokens; only time. */
export const SERVES = 1
export const HOLDS = 2
export const LIMITS = 3
export const DELAYS = 4
/** Of these, the bits that say so; then: there is a line before each replica, taken in turn, or by a choice made elsewhere. */
export const WAYS = 7
export const EACH = 8
export const CHOSEN = 16
