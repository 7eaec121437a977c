/**
 * Short forms that mean one word wherever engineers write them. Ambiguous ones are left out: `auth` (authentication or
 * authorisation), `repl` (replication, or read-eval-print loop), `tx` (transaction or transmit), `proc`, `sub`.
 */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ack: 'acknowledgement',
    acct: 'account',
    addr: 'address',
    app: 'application',
    async: 'asynchronous',
    avg: 'average',
    cert: 'certificate',
    cfg: 'config',
    cmd: 'command',
    conn: 'connection',
    ctrl: 'controller',
    db: 'database',
    dc: 'data center',
    env: 'environment',
    gw: 'gateway',
    idx: 'index',
    k8s: 'kubernetes',
    lb: 'load balancer',
    mem: 'memory',
    mgr: 'manager',
    msg: 'message',
    obj: 'object',
    param: 'parameter',
    pg: 'postgresql',
    prep: 'preparation',
    pmt: 'payment',
    prod: 'production',
    req: 'request',
    resp: 'response',
    srv: 'server',
    svc: 'service',
    txn: 'transaction',
  }),
)

/** Each abbreviated word of a normalised label written out, its plural `s` dropped. The label itself where it has none. */
export function writeOut(normalised: string): string {
  const words = normalised
    .split(' ')
    .map((word) => WORDS.get(word) ?? WORDS.get(word.replace(/s$/, '')) ?? word)
  return words.join(' ')
}
