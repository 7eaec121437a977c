// Where what stands in the arena, in bytes. Constants alone: `assembly/` is compiled with the same file, and so need not
// look up what is where. Of what is as large as the model, a model that needs more goes the general way.

/** How many events, calls and stations there is room for. */
export const EVENTS = 262_144
export const SLOTS_THERE = 131_072
export const STATIONS = 512

export const CLOCK_AT = 1024
export const HEADS_AT = CLOCK_AT + 64
/** The stream of what steps leave to chance. */
export const STEPS_AT = HEADS_AT + 64
export const ZIGGURAT_AT = STEPS_AT + 64
export const TIMES_AT = ZIGGURAT_AT + 3 * 256 * 8
export const EVENTS_AT = TIMES_AT + EVENTS * 8
export const CALLS_AT = EVENTS_AT + EVENTS * 16
export const STATIONS_AT = CALLS_AT + SLOTS_THERE * 192
export const VISITS_AT = STATIONS_AT + STATIONS * 128
/** The next have this many bytes each. */
export const ROOM = 262_144
export const PROGRAM_AT = VISITS_AT + STATIONS * 7683 * 4
export const SHARES_AT = PROGRAM_AT + ROOM
export const SITES_AT = SHARES_AT + ROOM
export const ACTORS_AT = SITES_AT + ROOM
export const REQUESTS_AT = ACTORS_AT + ROOM
export const WITHIN_AT = REQUESTS_AT + ROOM
export const SPENT_AT = WITHIN_AT + ROOM
/** From here on all else is put one after the other. */
export const REST = SPENT_AT + ROOM
