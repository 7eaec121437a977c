/** Steps of calls as a flat program; the interpreter is `Engine.proceed`. */
export const END = 0
/** site */
export const CALL = 1
/** need, n, sites … */
export const FORK = 2
/** share (index), where to go on when not taken */
export const MAYBE = 3
/** probability (index), where to begin again */
export const AGAIN = 4
/** site */
export const ASYNC = 5
/** seconds of a health check (index), whose turn it is (-1: in order), n, sites … */
export const EITHER = 6
/** site: a cache, asked before */
export const ASK = 7
/** share that it answers (index; -1: by what it holds), where to go on when it has */
export const MISSED = 8
/** site: the cache that is given what was fetched */
export const FILL = 9
