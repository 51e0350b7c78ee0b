import type { IncomingHttpHeaders } from 'node:http';

/** A tool as this fixture lists it, and what it answers. */
export interface FixtureTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** Any further field of the definition. */
  readonly [key: string]: unknown;
}

/** What a tool answers: a whole `result`, by tool name. */
export type Answers = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>;

/** What the fixture answers to further methods; `undefined` = invalid params. */
export type OtherMethods = Readonly<
  Record<string, (params: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> | undefined>
>;

/** One message that reached the fixture, whatever became of it. */
export interface RecordedMessage {
  /** Grows by one; never reused. */
  readonly id: number;
  readonly method: string;
  readonly tool: string | undefined;
  readonly arguments: unknown;
  readonly headers: IncomingHttpHeaders;
  /** Path and query as they came. */
  readonly url: string;
  readonly atMs: number;
}

/** How the fixture answers from now on; everything but `well` is what a gateway must survive. */
export type Behaviour =
  | { readonly kind: 'well' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends the head and half a body, then nothing. */
  | { readonly kind: 'hang_body' }
  /** One byte per interval. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** Closes the connection without a word. */
  | { readonly kind: 'reset' }
  /** Bytes that are no HTTP at all. */
  | { readonly kind: 'garbage' }
  | { readonly kind: 'not_json' }
  | { readonly kind: 'not_json_rpc' }
  | { readonly kind: 'wrong_id' }
  | { readonly kind: 'wrong_content_type' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect'; readonly location: string }
  /** SSE: the answer twice. */
  | { readonly kind: 'duplicate_answer' }
  /** SSE: a request to the client before the answer. */
  | { readonly kind: 'server_request' }
  /** SSE: notifications without end and no answer. */
  | { readonly kind: 'endless_sse' }
  /** SSE: one line of this many bytes. */
  | { readonly kind: 'long_line'; readonly bytes: number }
  /** A body of this many bytes. */
  | { readonly kind: 'huge_body'; readonly bytes: number }
  /** A small gzip body that grows to this many bytes. */
  | { readonly kind: 'gzip_bomb'; readonly bytes: number };

export interface UpstreamState {
  tools: readonly FixtureTool[];
  answers: Answers;
  others: OtherMethods;
  replyMode: 'json' | 'sse';
  behaviour: { readonly does: Behaviour; readonly method: string | undefined; left: number };
  readonly history: RecordedMessage[];
  /** Requests being answered now, and the most there ever were. */
  inFlight: number;
  maxInFlight: number;
  requiredHeader: { readonly name: string; readonly value: string } | undefined;
}

/** What tests steer and read on every fixture. */
export interface UpstreamControls {
  /** Every message so far, oldest first. */
  history(): readonly RecordedMessage[];
  /** The `tools/call` messages alone. */
  calls(): readonly RecordedMessage[];
  setTools(tools: readonly FixtureTool[]): void;
  /** Changes fields of one tool from now on. */
  changeTool(name: string, changes: Readonly<Record<string, unknown>>): void;
  setAnswers(answers: Answers): void;
  /** Serves more than tools: prompts, resources, completion, by method. */
  setOthers(others: OtherMethods): void;
  setReplyMode(mode: 'json' | 'sse'): void;
  /** Misbehaves, for one method or all, for a number of requests or until told otherwise. */
  behave(does: Behaviour, only?: { readonly method?: string; readonly times?: number }): void;
  /** Answers 401 unless this header is there. */
  requireHeader(header: { readonly name: string; readonly value: string } | undefined): void;
  maxInFlight(): number;
}

const objectOf = (properties: Readonly<Record<string, unknown>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
});

/** Two harmless tools: `echo` gives back its text, `add` a sum. */
export const plainTools: readonly FixtureTool[] = [
  {
    name: 'echo',
    description: 'Gives back the text.',
    inputSchema: objectOf({ text: { type: 'string' } }, ['text']),
  },
  {
    name: 'add',
    description: 'Adds two numbers.',
    inputSchema: objectOf({ a: { type: 'number' }, b: { type: 'number' } }, ['a', 'b']),
    annotations: { readOnlyHint: true },
  },
];

const textResult = (text: string) => ({ content: [{ type: 'text', text }] });

const plainAnswers: Answers = {
  echo: (args) => textResult(String(args.text)),
  add: (args) => textResult(String(Number(args.a) + Number(args.b))),
};

export function createState(tools: readonly FixtureTool[]): UpstreamState {
  return {
    tools,
    answers: plainAnswers,
    others: {},
    replyMode: 'json',
    behaviour: { does: { kind: 'well' }, method: undefined, left: 0 },
    history: [],
    inFlight: 0,
    maxInFlight: 0,
    requiredHeader: undefined,
  };
}

export function controlsOf(state: UpstreamState): UpstreamControls {
  return {
    history: () => [...state.history],
    calls: () => state.history.filter((message) => message.method === 'tools/call'),
    setTools(tools) {
      state.tools = tools;
    },
    changeTool(name, changes) {
      state.tools = state.tools.map((tool) => (tool.name === name ? { ...tool, ...changes } : tool));
    },
    setAnswers(answers) {
      state.answers = { ...plainAnswers, ...answers };
    },
    setOthers(others) {
      state.others = others;
    },
    setReplyMode(mode) {
      state.replyMode = mode;
    },
    behave(does, only = {}) {
      state.behaviour = { does, method: only.method, left: only.times ?? Number.POSITIVE_INFINITY };
    },
    requireHeader(header) {
      state.requiredHeader = header;
    },
    maxInFlight: () => state.maxInFlight,
  };
}

/** The behaviour for this request; counts it down. */
export function takeBehaviour(state: UpstreamState, method: string): Behaviour {
  const { does, method: only, left } = state.behaviour;
  if (left <= 0 || (only !== undefined && only !== method)) return { kind: 'well' };
  state.behaviour.left -= 1;
  return does;
}

/** The result of `tools/call`, or `undefined` for a tool that is not listed. */
export function answerCall(state: UpstreamState, name: unknown, args: unknown): unknown {
  if (!state.tools.some((tool) => tool.name === name)) return undefined;
  const given = typeof args === 'object' && args !== null ? (args as Record<string, unknown>) : {};
  const answer = Object.hasOwn(state.answers, String(name)) ? state.answers[String(name)] : undefined;
  return answer ? answer(given) : textResult(`${String(name)} was called`);
}
