/** What a role may do with one table. `true` = the whole row; a list = only these columns. */
export interface TableRights {
  readonly select?: true | readonly string[];
  readonly insert?: true;
  readonly update?: true | readonly string[];
  readonly delete?: true;
  /** SQL condition on the rows the role sees and writes; `tenant` = only the tenant of the transaction. Default: every row. */
  readonly rows?: 'tenant' | { readonly sql: string };
  /** SQL condition on rows it inserts, in addition to `rows`. */
  readonly insertCheck?: string;
}

export interface Door {
  readonly role: string;
  readonly does: string;
  /** What `work` gets: Prisma's transaction client, or plain SQL for the hot path. */
  readonly client: 'prisma' | 'sql';
  readonly may: Readonly<Record<string, TableRights>>;
}

const read = { select: true } as const;
const own = { rows: 'tenant' } as const;
/** A receipt that the control plane writes itself; frames of calls come through ingest only. */
const note = { insert: true, insertCheck: "phase = 'event'" } as const;

/** The role behind `withTenant`: rows of one tenant, and only what the console's tenant pages need. */
export const tenantDoor = {
  role: 'sallyport_app',
  does: 'Everything a member does inside one tenant.',
  client: 'prisma',
  may: {
    users: { ...read, rows: { sql: 'EXISTS (SELECT 1 FROM member m WHERE m.user_id = users.id)' } },
    private_origin: read,
    tenant: {
      ...read,
      update: ['name', 'settings', 'detection', 'export_consent_at', 'export_consent_by', 'updated_at'],
      rows: { sql: "id = NULLIF(current_setting('app.tenant_id', true), '')::uuid" },
    },
    publication_head: { ...own, ...read, update: ['rev_seq'] },
    member: { ...own, ...read, update: ['roles', 'state', 'last_seen_at'] },
    invitation: { ...own, ...read, insert: true, update: ['revoked_at'] },
    tenant_key: { ...own, ...read, insert: true },
    server: { ...own, ...read, insert: true, update: true },
    // The sealed secret can be written and never read again through this door.
    server_connection: {
      ...own,
      select: [
        'tenant_id',
        'id',
        'server_id',
        'kind',
        'header_name',
        'scope',
        'secret_version',
        'updated_at',
      ],
      insert: true,
      update: true,
    },
    vet_run: { ...own, ...read, insert: true, update: ['state', 'error', 'ended_at', 'consumed_at'] },
    vet_step: { ...own, ...read },
    vet_report: { ...own, ...read },
    tool: { ...own, ...read, insert: true, update: true },
    pin: { ...own, ...read, insert: true, update: ['superseded_at'] },
    approval: { ...own, ...read, insert: true, update: true },
    endpoint: {
      ...own,
      ...read,
      insert: true,
      update: ['name', 'selection', 'naming', 'tool_search'],
      delete: true,
    },
    endpoint_item: { ...own, ...read, insert: true, update: true, delete: true },
    customer: { ...own, ...read, insert: true, update: true },
    agent: { ...own, ...read, insert: true, update: true },
    api_key: { ...own, ...read, insert: true, update: ['name', 'revoked_at', 'endpoint_id'] },
    policy: { ...own, ...read, insert: true, update: true, delete: true },
    snapshot_version: { ...own, ...read },
    revocation: { ...own, ...read, insert: true },
    outbox: { ...own, ...read, insert: true },
    receipt: { ...own, ...read, ...note },
    receipt_body: { ...own, ...read, delete: true },
    usage_hour: { ...own, ...read },
    policy_day: { ...own, ...read },
    detection_rule: { ...own, ...read, insert: true, update: true, delete: true },
    // As an upstream's secret: the sealed token can be written and never read again through this door.
    detection_external: {
      ...own,
      select: [
        'tenant_id',
        'id',
        'url',
        'enabled',
        'budget_ms',
        'per_minute',
        'on_failure',
        'token_version',
        'updated_at',
      ],
      insert: true,
      update: true,
      delete: true,
    },
    detection_verdict: {
      ...own,
      ...read,
      insert: true,
      update: ['verdict', 'note', 'given_by', 'given_at'],
    },
    // Of definitions, when a report is taken in; those of calls come through ingest.
    detection_count: { ...own, ...read, insert: true, update: true },
  },
} as const satisfies Door;

/** Every purpose behind `withSystem`: its own role, all tenants, the fewest tables. Tested both ways against the catalogue. */
export const purposes = {
  authenticator: {
    role: 'sallyport_authenticator',
    does: 'Signs people in: links, invitations, sessions, and who belongs to which tenant.',
    client: 'prisma',
    may: {
      users: { ...read, insert: true, update: ['email', 'display_name'], insertCheck: 'NOT is_operator' },
      browser_session: { ...read, insert: true, update: true, delete: true },
      login_link: { ...read, insert: true, update: ['used_at'], delete: true },
      tenant: read,
      member: { ...read, insert: true, update: ['roles', 'state', 'last_seen_at'] },
      invitation: { ...read, update: ['used_at'] },
      outbox: { insert: true },
      receipt: note,
    },
  },
  operator: {
    role: 'sallyport_operator',
    does: 'Runs the installation: creates and suspends tenants, lists private origins; never sees a payload.',
    client: 'prisma',
    may: {
      users: { ...read, insert: true, update: true },
      login_link: { ...read, insert: true },
      installation: { ...read, insert: true, update: true },
      private_origin: { ...read, insert: true, update: true, delete: true },
      anonymous_refusal: read,
      tenant: { ...read, insert: true, update: true },
      publication_head: { ...read, insert: true, update: ['rev_seq'] },
      member: { select: ['tenant_id', 'id', 'user_id', 'roles', 'state', 'joined_at'] },
      server: { select: ['tenant_id', 'id', 'state', 'created_at'] },
      snapshot_version: { select: ['tenant_id', 'version', 'digest', 'rev_seq', 'created_at'] },
      revocation: { ...read, insert: true, insertCheck: "kind IN ('tenant', 'restore')" },
      usage_hour: { select: ['tenant_id', 'id', 'hour', 'calls', 'denied', 'errors'] },
      outbox: { insert: true },
      receipt: note,
    },
  },
  publisher: {
    role: 'sallyport_publisher',
    does: 'Reads configuration, writes signed snapshots, restores revocations, drains the outbox.',
    client: 'prisma',
    may: {
      installation: read,
      private_origin: read,
      installation_version: { ...read, insert: true },
      tenant: read,
      publication_head: { ...read, update: true },
      tenant_key: read,
      server: read,
      server_connection: read,
      tool: read,
      pin: read,
      endpoint: read,
      endpoint_item: read,
      customer: read,
      agent: read,
      api_key: read,
      policy: read,
      detection_rule: read,
      detection_external: read,
      snapshot_version: { ...read, insert: true },
      revocation: { ...read, insert: true },
      outbox: { ...read, insert: true, update: ['done_at', 'attempts'], delete: true },
      receipt: note,
    },
  },
  ingester: {
    role: 'sallyport_ingester',
    does: 'Takes in receipts and usage from the spools of the workers.',
    client: 'sql',
    may: {
      tenant: { select: ['id', 'slug', 'state'] },
      receipt: { ...read, insert: true },
      receipt_body: { ...read, insert: true },
      usage_hour: { ...read, insert: true, update: true },
      policy_day: { ...read, insert: true, update: true },
      detection_count: { ...read, insert: true, update: true },
      spool_ack: { ...read, insert: true, update: true },
      anonymous_refusal: { ...read, insert: true },
      api_key: { select: ['tenant_id', 'id', 'last_used_at'], update: ['last_used_at'] },
      outbox: { insert: true },
    },
  },
  scheduler: {
    role: 'sallyport_scheduler',
    does: 'Vets and re-checks servers: reads what is due and its credential, writes runs, steps and reports.',
    client: 'prisma',
    may: {
      installation: read,
      private_origin: read,
      tenant: read,
      tenant_key: read,
      server: read,
      server_connection: read,
      tool: read,
      pin: read,
      vet_run: { ...read, insert: true, update: true },
      vet_step: { ...read, insert: true, update: true },
      vet_report: { ...read, insert: true },
      outbox: { insert: true },
      receipt: note,
    },
  },
} as const satisfies Record<string, Door>;

export type Purpose = keyof typeof purposes;
/** Purposes and the tenant door (`app`): one login role and one connection string each. */
export type DoorName = 'app' | Purpose;

export const doors: Readonly<Record<DoorName, Door>> = { app: tenantDoor, ...purposes };
