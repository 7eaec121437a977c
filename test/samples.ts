import {
  buildVocabulary,
  type Drawing,
  type Form,
  type Icon,
  parseDrawing,
  type Vocabulary,
} from '#domain/diagram/index.ts'

/** One hand-made drawing of each form, with a vocabulary of its own: content may change, these do not. */
const TEXTS: Readonly<Record<Form, string>> = {
  topology: `producer -> cluster.leader: produce, acks=all
cluster: Cluster { leader; follower-a; follower-b }
cluster.follower-a -> cluster.leader: fetch
cluster.follower-b -> cluster.leader: fetch
cluster.leader -> controller: shrink or grow the in-sync set
consumer <- cluster.leader: records
controller <-> metadata log
consumer -- dashboard`,
  states: `start -> follower
follower -> candidate: election timeout
candidate -> candidate: split vote
candidate -> leader: majority of votes
candidate -> follower: leader heard
leader -> follower: higher term seen
leader -> end: removed`,
  decision: `reads dominate? -> stale reads allowed?: yes
reads dominate? -> shard by key: no
stale reads allowed? -> add a cache: yes
stale reads allowed? -> add read replicas: no`,
  sequence: `client; api; cache; database
client -> api: read
api -> cache: get
cache -> api: cache miss
api -> database: select the row by its primary key
database -> api: row
api -> api: decide how long it stays fresh
api -> cache: set
api -> client: response`,
  timeline: `09:37 | wrong command run | operator
| index servers removed | index
| restart of both subsystems | placement
12:26 | reads partly restored | index
13:54 | recovered`,
  matrix: `          | ordering      | replay | who pushes
kafka     | per partition | yes    | consumer pulls
sqs       | best effort   | no     | consumer polls, with a visibility timeout
rabbitmq  | per queue     |        | broker`,
}

export const sampleDrawing = (form: Form): Drawing => parseDrawing(TEXTS[form], form).drawing

const concept = (
  id: string,
  name: string,
  layer: 'client' | 'service' | 'data' | 'stream' | 'control',
  icon: string,
) => ({
  id,
  name,
  kind: 'component' as const,
  layer,
  icon,
  aliases: [],
})

export const SAMPLE_VOCABULARY: Vocabulary = buildVocabulary([
  concept('producer', 'Producer', 'stream', 'lucide:circle'),
  concept('consumer', 'Consumer', 'stream', 'lucide:circle'),
  concept('client', 'Client', 'client', 'lucide:square'),
  concept('api', 'API server', 'service', 'lucide:square'),
  concept('cache', 'Cache', 'data', 'lucide:circle'),
  concept('database', 'Database', 'data', 'logos:sample'),
  concept('controller', 'Controller', 'control', 'lucide:square'),
  concept('leader', 'Leader', 'control', 'lucide:circle'),
  concept('follower', 'Follower', 'control', 'lucide:square'),
  concept('kafka', 'Kafka', 'stream', 'logos:sample'),
]).vocabulary

const stroked = 'fill="none" stroke="currentColor" stroke-width="2"'
export const SAMPLE_ICONS: Readonly<Record<string, Icon>> = {
  'lucide:circle': { body: `<circle cx="12" cy="12" r="9" ${stroked}/>`, width: 24, height: 24 },
  'lucide:square': {
    body: `<rect x="4" y="4" width="16" height="16" ${stroked}/>`,
    width: 24,
    height: 24,
  },
  'logos:sample': { body: '<path d="M0 0h32v20H0z" fill="#d0342c"/>', width: 32, height: 20 },
}
