// Where what stands in a call's slot. Constants alone: `assembly/` is compiled with the same file.

/**
 * A slot is three lines of the processor's cache, one array of integers and one of fractions over the same bytes. What
 * every call needs is in the first two.
 */
export const INTS = 48
export const FLOATS = 24

// Integers of a call, as offsets: the first line.
/** The call that waits for it, or ROOT, or NOBODY. */
export const PARENT = 0
/** The parent's generation when it was made: another one there means that nobody waits any more. */
export const PARENT_GENERATION = 1
/** Rises when the slot is freed and when its owner stops waiting for what it has called. */
export const GENERATION = 2
export const SITE = 3
/** Where its steps go on. */
export const COUNTER = 4
/** Answers outstanding, and how many successes are still needed. */
export const PENDING = 5
export const NEED = 6
export const REQUEST = 7
/** The next in the queue it waits in (-1: none). */
export const NEXT = 8
export const SOURCE = 9
export const REPLICA = 10
export const FLAGS = 11
/** Sequence number of the one event that is alive for it: a popped event with another number is stale. */
export const EVENT = 12
export const STATION = 13
export const TRACE = 14
/** Its place in a lane of timers; 0: it is in none. */
export const LANE_SEQUENCE = 15

// The second line: fractions, and four integers after them.
export const START = 8
/** When it came to its station. */
export const ENTERED = 9
/** When it began to wait for its steps; -1: has not. */
export const SUSPENDED = 10
/** Seconds it was suspended, waiting for its steps. */
export const AWAY = 11
export const DEADLINE = 12
/** When its timer in a lane is due. */
export const DUE = 13
export const KEY = 28
export const SPAN = 29
/** The one before it in the queue it waits in (-1: none). */
export const PREVIOUS = 30
export const TRIES = 31

// The third.
/** Its neighbours in a lane of timers. */
export const LANE_NEXT = 32
export const LANE_PREVIOUS = 33
/** How a call under way back to its caller has ended. */
export const RESULT = 34
/** A fraction. A station's own: service tag, work left. */
export const WORK = 18

/** Parents that are no calls: a source; nobody from the start (asynchronous); a caller that has given it up. */
export const ROOT = -1
export const NOBODY = -2
export const SEVERED = -3

// Flags.
/** Stands for a guarded call; its attempts are its children. */
export const GUARDED = 1
/** Children are being started: answers are only counted. */
export const FORKING = 2
/** Given up by a caller that cancels: is not begun, runs no further step. */
export const CANCELLED = 4
/** Its ancestors may cancel. */
export const CANCELLABLE = 8
/** Its message is lost: it only waits for its timeout. */
export const LOST = 16
/** Waits in a station's queue. */
export const QUEUED = 32
export const WRITE = 64
/** Has a mark of its station's own (a lock held, a fill under way). */
export const MARKED = 128
/** Is at a station: accepted, and not yet finished there. */
export const PRESENT = 256

// How a call ends.
export const OK = 0
export const TIMEOUT = 1
export const REJECTED = 2
export const LIMITED = 3
export const SHED = 4
export const BREAKER = 5
export const BULKHEAD = 6
export const DOWN = 7
export const ERROR = 8
export const EXPIRED = 9
export const ABANDONED = 10
export const DROPPED = 11
