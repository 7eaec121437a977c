import type { Layer } from '#domain/curriculum/index.ts'
import type { NodeNumbers } from './design.ts'

/**
 * What a component does in a run, and the numbers it has where a design gives none. They are round figures of ours to
 * start from, not measurements; `atlas simulate FILE --explain` prints each one that was used, and docs/designs.md
 * shows the table.
 */
export const ROLES = [
  'source',
  'balancer',
  'service',
  'gateway',
  'cache',
  'cdn',
  'database',
  'queue',
  'limiter',
  'external',
] as const
export type Role = (typeof ROLES)[number]

/** Numbers in the words of a design's nodes; seconds and bytes. */
type Numbers = Omit<NodeNumbers, 'role'>

interface RoleEntry {
  readonly says: string
  /** The numbers that a node of this role may have. */
  readonly takes: readonly (keyof Numbers)[]
  readonly defaults: Numbers
}

const BILLED = ['vcpu', 'memory'] as const
const ms = (count: number): number => count / 1000
const gb = (count: number): number => count * 1e9

export const ROLE_TABLE: Readonly<Record<Role, RoleEntry>> = {
  source: { says: 'sends requests', takes: [], defaults: {} },
  service: {
    says: 'replicas with workers, each holding its worker until the answer is there',
    takes: [
      ...['service', 'spread', 'replicas', 'workers', 'queue', 'balance', 'holds', 'last_first'],
      ...['shed', 'slow_start', 'errors', 'autoscale', ...BILLED],
    ] as (keyof Numbers)[],
    defaults: {
      ...{ service: ms(5), spread: 'exponential', replicas: 2, workers: 8, queue: 100 },
      ...{ balance: 'round-robin', holds: true, vcpu: 2, memory: gb(4) },
    },
  },
  gateway: {
    says: 'passes each request to what its kind needs; no worker is held while it waits',
    takes: [
      ...['service', 'spread', 'replicas', 'workers', 'queue', 'balance', 'holds', 'last_first'],
      ...['shed', 'slow_start', 'errors', 'autoscale', ...BILLED],
    ] as (keyof Numbers)[],
    defaults: {
      ...{ service: ms(0.5), spread: 'exponential', replicas: 2, workers: 8, queue: 4096 },
      ...{ balance: 'round-robin', holds: false, vcpu: 2, memory: gb(4) },
    },
  },
  balancer: {
    says: 'passes each request to one replica of the nodes behind it',
    takes: ['service', 'spread', 'balance', 'replicas', 'health_check', 'managed', ...BILLED],
    defaults: {
      ...{ service: ms(0.2), spread: 'fixed', balance: 'round-robin', replicas: 2, vcpu: 1, memory: gb(2) },
    },
  },
  cache: {
    says: 'answers a share of its calls itself (`hits`), or what its `entries` hold',
    takes: [
      ...['service', 'spread', 'replicas', 'workers', 'queue', 'hits', 'entries', 'ttl', 'single_flight'],
      ...BILLED,
    ] as (keyof Numbers)[],
    defaults: {
      ...{ service: ms(0.2), spread: 'exponential', replicas: 1, workers: 4, queue: 4096, hits: 0.9 },
      ...{ vcpu: 2, memory: gb(8) },
    },
  },
  cdn: {
    says: 'a cache at the edge, with room for every call',
    takes: ['service', 'spread', 'replicas', 'hits', 'entries', 'ttl', 'single_flight'],
    defaults: { service: ms(5), spread: 'exponential', replicas: 1, hits: 0.9 },
  },
  database: {
    says: 'a primary for writes, read replicas, a pool of connections',
    takes: [
      ...['service', 'spread', 'write', 'workers', 'pool', 'queue', 'read_replicas', 'lag', 'partitions'],
      ...['failover', 'locks', 'disk', ...BILLED],
    ] as (keyof Numbers)[],
    defaults: {
      ...{ service: ms(2), spread: 'exponential', workers: 16, pool: 100, queue: 500, read_replicas: 0 },
      ...{ partitions: 1, vcpu: 4, memory: gb(16) },
    },
  },
  queue: {
    says: 'takes messages at once; the nodes behind it work on them later',
    takes: ['service', 'spread', 'queue', 'partitions', 'replicas', 'disk', 'managed', ...BILLED],
    defaults: {
      ...{ service: ms(1), spread: 'exponential', queue: 'unbounded', partitions: 12, replicas: 3 },
      ...{ vcpu: 2, memory: gb(8) },
    },
  },
  limiter: {
    says: 'refuses what comes faster than its `limit`',
    takes: ['service', 'spread', 'limit', 'burst'],
    defaults: { service: ms(0.1), spread: 'fixed' },
  },
  external: {
    says: 'belongs to somebody else: takes its time, never queues here',
    takes: ['service', 'spread', 'errors', 'storage'],
    defaults: { service: ms(100), spread: 0.5 },
  },
}

/** Concepts whose layer alone does not say what they do. */
const BY_CONCEPT: Readonly<Record<string, Role>> = {
  ...roles('cdn', 'cdn cdn-edge point-of-presence edge-cache amazon-cloudfront cloudflare-cdn akamai fastly'),
  ...roles('cdn', 'google-cloud-cdn open-connect open-connect-appliance'),
  ...roles('balancer', 'load-balancer l4-load-balancer l7-load-balancer global-load-balancer reverse-proxy'),
  ...roles('balancer', 'internal-load-balancer proxy ingress-controller ingress'),
  ...roles('balancer', 'nginx haproxy envoy traefik elastic-load-balancing traffic-director'),
  ...roles(
    'balancer',
    'dns amazon-route-53 connection-pooler database-proxy pgbouncer proxysql mcrouter vtgate',
  ),
  ...roles('balancer', 'aws-application-load-balancer aws-network-load-balancer web-application-firewall'),
  ...roles('gateway', 'api-gateway gateway edge-gateway amazon-api-gateway backend-for-frontend kong zuul'),
  ...roles('cache', 'cache distributed-cache local-cache redis redis-cluster valkey memcached session-store'),
  ...roles(
    'cache',
    'in-memory-cache amazon-elasticache evcache timeline-cache feed-cache l1-cache l2-cache varnish',
  ),
  ...roles('limiter', 'rate-limiter quota-service'),
  ...roles(
    'external',
    'third-party-api payment-service-provider payment-processor card-network bank sms-gateway',
  ),
  ...roles('external', 'email-provider stripe-api fcm apns push-notification-gateway'),
  ...roles('external', 'object-store amazon-s3 google-cloud-storage azure-blob-storage'),
  ...roles(
    'queue',
    'kafka rabbitmq amazon-sqs amazon-kinesis nats apache-pulsar amazon-msk google-cloud-pub-sub',
  ),
  ...roles(
    'service',
    'consumer stream-processor change-data-capture connector ingestion-service event-handler',
  ),
}

function roles(role: Role, concepts: string): Record<string, Role> {
  return Object.fromEntries(concepts.split(' ').map((id) => [id, role]))
}

const BY_LAYER: Readonly<Record<Layer, Role>> = {
  client: 'source',
  edge: 'balancer',
  service: 'service',
  data: 'database',
  stream: 'queue',
  control: 'service',
  none: 'service',
}

export const roleOf = (concept: string | null, layer: Layer): Role =>
  (concept === null ? undefined : BY_CONCEPT[concept]) ?? BY_LAYER[layer]

/** Every concept that the table names, so that a test can ask whether the vocabulary has it. */
export const TABLED_CONCEPTS: readonly string[] = Object.keys(BY_CONCEPT)
