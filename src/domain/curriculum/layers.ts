/** The tint of a node: at most six, and never the only carrier of meaning. */
export const LAYERS = ['client', 'edge', 'service', 'data', 'stream', 'control', 'none'] as const
export type Layer = (typeof LAYERS)[number]
