/** Every Redis key of Sallyport, in one place. `{}` hash tags keep related keys in one cluster slot. */
export const keys = {
  /** String: the newest signed envelope of a tenant (JSON text). */
  envelope: (tenantId: string) => `sp:{cfg}:env:${tenantId}`,
  /** Hash tenantId → version: what a worker compares every second. */
  heads: 'sp:{cfg}:heads',
  /** Stream of `{tenant, version}`: what to look at, never data. */
  configLog: 'sp:{cfg}:log',
  /** Pub/sub channel, a wake-up only. */
  configWake: 'sp:{cfg}:wake',
  /** Hash tenantId → JSON list of the texts of every signed revocation that must hold (rebuilt after a loss). */
  revocations: 'sp:{cfg}:rev:active',
  /** Stream of signed revocations: field `r` = one mark as text, or `t` = a tenant whose list was restored. */
  revocationLog: 'sp:{cfg}:rev:log',
  /** Hash (PX 60000) of one worker: `at`, `bootId`, `port`, `ready`, and per tenant `t:<id>` = JSON `{v, rev, state, reason}`. */
  ack: (workerId: string) => `sp:ack:${workerId}`,
  /** Set of worker ids seen lately (a member without its ack hash is gone). */
  workers: 'sp:ack:workers',
  /** Hash (PX 15000) of one worker: `at`, and per tenant `t:<id>` = JSON of what it sees of upstreams and streams. */
  report: (workerId: string) => `sp:rep:${workerId}`,
  /** Pub/sub channel of invalidation events for `/live`: JSON `{tenantId, type, id}`. */
  live: 'sp:live',
  /** Pub/sub channel of one worker process. Sealed. */
  mail: (address: string) => `sp:mail:${address}`,
  /** Pub/sub channel of all workers. Sealed. */
  mailForAll: 'sp:mail:all',
  /** Hash (PX = life of the handle) of what workers share of one legacy session. Names and values are sealed or hashed. */
  session: (id: string) => `sp:sess:${id}`,
  /** Sorted set of sessions that ended before their handles: hash of the nonce, scored by the handle's end. */
  endedSessions: 'sp:sess:ended',
  /** Hash (PX 30 minutes) of the tokens that a session was given, and what they stand for. Values are sealed. */
  tokens: (book: string) => `sp:tok:${book}`,
} as const;

/** BullMQ queue names; BullMQ's own prefix is `bull`. */
export const queueNames = { vet: 'vet', recheck: 'recheck' } as const;
