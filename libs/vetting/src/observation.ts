/** What was seen of a server at one moment; pure data, made by whoever spoke to it. */
export interface Observation {
  readonly url: string;
  /** When the listing began, ms since 1970. */
  readonly takenAtMs: number;
  readonly era: 'legacy' | 'modern' | null;
  readonly protocolVersion: string | null;
  readonly serverInfo: unknown;
  /** What the server declared it can do, as it came. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly instructions: string | null;
  /** Entries of `tools/list` as they came. */
  readonly tools: readonly unknown[];
  readonly prompts: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly resourceTemplates: readonly unknown[];
  /** Answers to `resources/read` for each `ui://` resource that is listed or that a tool names. */
  readonly apps: readonly ObservedApp[];
  /** Bytes of all answers together. */
  readonly listBytes: number;
  readonly errors: readonly ObservationError[];
  readonly timings: readonly { readonly step: string; readonly ms: number }[];
  readonly transport: TransportFacts;
  readonly auth: AuthFacts;
  readonly sandbox: SandboxFacts;
}

/** An MCP App: the HTML that a client shows beside the results of a tool. */
export interface ObservedApp {
  readonly uri: string;
  /** The result as it came; `null` when it could not be read. */
  readonly read: Readonly<Record<string, unknown>> | null;
}

/** Something that could not be looked at: part of the result, never silence. */
export interface ObservationError {
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

export interface TransportFacts {
  readonly scheme: 'https' | 'http';
  /** On the operator's list: may be private and plain http. */
  readonly isListedOrigin: boolean;
}

export interface AuthFacts {
  readonly credential: 'none' | 'bearer' | 'header' | 'query';
  /** HTTP status of the same request without the credential; `null` when not asked or not answered. */
  readonly statusWithoutCredential: number | null;
}

export interface SandboxFacts {
  readonly kind: 'bubblewrap' | 'permission_model';
  readonly network: 'cut' | 'not_cut';
}

/** The server that was vetted, by the names its tenant gave it. */
export interface VettedServer {
  readonly slug: string;
  readonly name: string;
  readonly url: string;
}

/** Another server of the same tenant: what a new one may imitate or reach into. */
export interface NeighbourServer extends VettedServer {
  readonly toolNames: readonly string[];
  readonly promptNames?: readonly string[];
  /** URIs of its resources and URI templates. */
  readonly uris?: readonly string[];
}

export interface VettingInput {
  readonly server: VettedServer;
  readonly observation: Observation;
  readonly neighbours: readonly NeighbourServer[];
  /** What was approved of this server before: `kind name` → canonical text. A definition that replaces one is held against it. */
  readonly approved?: Readonly<Record<string, string>>;
}
