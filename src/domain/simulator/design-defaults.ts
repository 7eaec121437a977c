import type { Layer } from '#domain/curriculum/index.ts'

/**
 * What a component does in a run, and the numbers it has where a design gives none. They are round figures of ours to
 * start from, not measurements; `atlas simulate FILE --explain` prints each one that was used, and docs/designs.md
 * shows the table.
 */
export const ROLES = [
  'source',
  'balancer',
  'service',
  'cache',
  'cdn',
  'database',
  'queue',
  'limiter',
  'external',
] as const
export type Role = (typeof ROLES)[number]

export interface RoleDefaults {
  readonly replicas: number
  /** Requests that one replica works on at a time. */
  readonly workers: number
  /** Mean time of one request at a worker, in seconds. */
  readonly serviceSeconds: number
  /** Requests that may wait at one replica; null: no bound. */
  readonly queue: number | null
  /** Share of requests that a cache answers itself. */
  readonly hits: number | null
  /** What one replica is billed for. */
  readonly vcpu: number
  readonly memoryGb: number
  readonly storageGb: number
}

const none = { hits: null, vcpu: 0, memoryGb: 0, storageGb: 0 }
const ms = (count: number): number => count / 1000

export const DEFAULTS: Readonly<Record<Exclude<Role, 'source'>, RoleDefaults>> = {
  balancer: { ...none, replicas: 2, workers: 64, serviceSeconds: ms(0.2), queue: 4096, vcpu: 1, memoryGb: 2 },
  service: { ...none, replicas: 2, workers: 8, serviceSeconds: ms(5), queue: 100, vcpu: 2, memoryGb: 4 },
  cache: {
    ...none,
    replicas: 1,
    workers: 4,
    serviceSeconds: ms(0.2),
    queue: 4096,
    hits: 0.9,
    vcpu: 2,
    memoryGb: 8,
  },
  cdn: { ...none, replicas: 1, workers: 1024, serviceSeconds: ms(5), queue: null, hits: 0.9 },
  database: {
    ...none,
    replicas: 1,
    workers: 16,
    serviceSeconds: ms(2),
    queue: 500,
    vcpu: 4,
    memoryGb: 16,
    storageGb: 100,
  },
  queue: {
    ...none,
    replicas: 3,
    workers: 16,
    serviceSeconds: ms(1),
    queue: null,
    vcpu: 2,
    memoryGb: 8,
    storageGb: 100,
  },
  limiter: { ...none, replicas: 2, workers: 64, serviceSeconds: ms(0.2), queue: 4096, vcpu: 1, memoryGb: 2 },
  external: { ...none, replicas: 1, workers: 256, serviceSeconds: ms(100), queue: null },
}

/** Concepts whose layer alone does not say what they do. */
const BY_CONCEPT: Readonly<Record<string, Role>> = {
  ...roles('cdn', 'cdn cdn-edge point-of-presence edge-cache amazon-cloudfront cloudflare-cdn akamai fastly'),
  ...roles('cdn', 'google-cloud-cdn open-connect open-connect-appliance'),
  ...roles('balancer', 'load-balancer l4-load-balancer l7-load-balancer global-load-balancer reverse-proxy'),
  ...roles(
    'balancer',
    'internal-load-balancer proxy api-gateway gateway edge-gateway ingress-controller ingress',
  ),
  ...roles(
    'balancer',
    'nginx haproxy envoy traefik elastic-load-balancing amazon-api-gateway traffic-director',
  ),
  ...roles(
    'balancer',
    'dns amazon-route-53 connection-pooler database-proxy pgbouncer proxysql mcrouter vtgate',
  ),
  ...roles('balancer', 'aws-application-load-balancer aws-network-load-balancer web-application-firewall'),
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
