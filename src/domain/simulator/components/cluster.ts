import type { Engine } from '../engine/engine.ts'
import { mixed } from '../engine/stream.ts'
import { WaitingLine } from '../engine/waiting-line.ts'

/** A primary or a read replica. */
export interface DatabaseNode {
  busy: number
  connections: number
  /** Since when; Infinity: in service. */
  down: number
  readonly forConnection: WaitingLine
  readonly forWorker: WaitingLine
}

const UP = Number.POSITIVE_INFINITY

/** The nodes of a database: partitions by hash of the key, each with a primary, that may change, and read replicas. */
export class Cluster {
  readonly nodes: readonly DatabaseNode[]
  readonly partitions: number
  /** By partition: which node is its primary. */
  readonly primaries: Int32Array
  private readonly perPartition: number
  private turn = 0

  constructor(engine: Engine, partitions: number, replicas: number) {
    this.partitions = partitions
    this.perPartition = 1 + replicas
    this.primaries = Int32Array.from({ length: partitions }, (_, i) => i * this.perPartition)
    this.nodes = Array.from({ length: this.perPartition * partitions }, () => ({
      busy: 0,
      connections: 0,
      down: UP,
      forConnection: new WaitingLine(engine),
      forWorker: new WaitingLine(engine),
    }))
  }

  partitionOf(key: number): number {
    return this.partitions === 1 ? 0 : mixed(key) % this.partitions
  }

  primaryOf(key: number): number {
    return this.primaries[this.partitionOf(key)] as number
  }

  /** A read goes to a replica that is up, in turn; a write, or a read without one, to the primary. */
  nodeFor(key: number, write: boolean): number {
    const partition = this.partitionOf(key)
    const primary = this.primaries[partition] as number
    if (write || this.perPartition === 1) return primary
    const replicas = this.perPartition - 1
    for (let i = 1; i <= replicas; i++) {
      const n = (this.turn + i) % replicas
      const replica = this.replicaAt(partition, n)
      if (this.isDown(replica)) continue
      // The turn of one that is down is not its neighbour's alone.
      this.turn = n
      return replica
    }
    return primary
  }

  /** The n-th replica of a partition. */
  private replicaAt(partition: number, n: number): number {
    const first = partition * this.perPartition
    const primary = (this.primaries[partition] as number) - first
    return first + ((primary + 1 + n) % this.perPartition)
  }

  /** The first replica of a partition that is up, from the n-th on; -1: none is. */
  replicaUp(partition: number, n: number): number {
    const replicas = this.perPartition - 1
    for (let i = 0; i < replicas; i++) {
      const replica = this.replicaAt(partition, (n + i) % replicas)
      if (!this.isDown(replica)) return replica
    }
    return -1
  }

  isDown(node: number): boolean {
    return (this.nodes[node] as DatabaseNode).down !== UP
  }

  get up(): number {
    return this.nodes.filter(({ down }) => down === UP).length
  }

  /** Since when none is up; Infinity: one is. */
  get downSince(): number {
    return this.up > 0 ? UP : Math.min(...this.nodes.map(({ down }) => down))
  }

  /** The first nodes, or the first primaries: a share of all, at least one. */
  firstOf(which: 'all' | 'primaries', share: number): readonly number[] {
    const of = which === 'all' ? [...this.nodes.keys()] : [...this.primaries]
    return of.slice(0, Math.max(1, Math.ceil(share * of.length)))
  }

  stop(nodes: readonly number[], now: number): void {
    for (const i of nodes) {
      const node = this.nodes[i] as DatabaseNode
      if (node.down === UP) node.down = now
    }
  }

  /** What was down comes back; a primary whose place was taken, as a replica. */
  restart(): void {
    for (const node of this.nodes) node.down = UP
  }

  /** A replica takes the place of a primary that is down. */
  promote(partition: number, replica: number): void {
    this.primaries[partition] = replica
  }
}
