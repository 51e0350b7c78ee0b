/** A request of the server to the client, without its JSON-RPC frame. */
export interface Question {
  readonly method: 'elicitation/create' | 'sampling/createMessage' | 'roots/list';
  readonly params: Readonly<Record<string, unknown>>;
}

export type Json = Readonly<Record<string, unknown>>;

/** What the suite's fixtures tell their clients unasked. */
export type Change = 'tools' | 'prompts' | 'resources' | { readonly updated: string };

/**
 * A handler's way to its caller, the same in both eras. In 2025-11-25 a question is a request on the stream of the
 * call; in 2026-07-28 the handler ends with the question and runs again from its start when the answers are there, so
 * a handler asks before it does anything that must happen once.
 */
export interface Talk {
  readonly clientCapabilities: Json;
  readonly signal: AbortSignal;
  /** Asks all questions at once. `isSealed`: the era's opaque state must go out and come back with the answers. */
  ask(
    questions: Readonly<Record<string, Question>>,
    how?: { readonly isSealed?: boolean },
  ): Promise<Readonly<Record<string, Json>>>;
  progress(done: number, total: number): Promise<void>;
  log(level: 'debug' | 'info' | 'warning', text: string): Promise<void>;
  /** Ends the response stream while the call goes on, where the era lets the client come back for the rest. */
  closeStream(): void;
  announce(change: Change): void;
}

/** A tool that always runs as a task where both sides can (`required`), or may (`optional`). */
export interface TaskRule {
  readonly support: 'optional' | 'required';
  /** Runs before the task exists; what it gives reaches `run` as second argument. */
  readonly prepare?: (args: Json, talk: Talk) => Promise<Json>;
}

/** A tool as listed, and what it does. */
export interface SuiteTool {
  readonly definition: Json & {
    readonly name: string;
    readonly description: string;
    readonly inputSchema: Json;
  };
  readonly task?: TaskRule;
  run(args: Json, talk: Talk, prepared: Json): Promise<Json> | Json;
}

/** An error that is to reach the client as a JSON-RPC error, whatever the era makes of other failures. */
export class ProtocolFault extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Ends a handler that is to run again later; no failure. */
export class Interruption extends Error {}

/** Runs a tool; its own failure is a result of it. */
export async function runTool(tool: SuiteTool, args: Json, talk: Talk, prepared: Json = {}): Promise<Json> {
  try {
    return await tool.run(args, talk, prepared);
  } catch (error) {
    if (error instanceof ProtocolFault || error instanceof Interruption) throw error;
    return { ...text((error as Error).message), isError: true };
  }
}

export const text = (value: string): Json => ({ content: [{ type: 'text', text: value }] });

/** An input schema of these properties; `required` names those that must be there. */
export const objectSchema = (properties: Json = {}, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

/** A form question for these fields, all required. */
export const form = (message: string, properties: Json): Question => ({
  method: 'elicitation/create',
  params: {
    mode: 'form',
    message,
    requestedSchema: { type: 'object', properties, required: Object.keys(properties) },
  },
});

/** A sampling question with one user message. */
export const sampling = (prompt: string, maxTokens = 100): Question => ({
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens },
});

export const roots: Question = { method: 'roots/list', params: {} };

/** The content of an accepted form, or nothing where the user declined. */
export const accepted = (answer: Json | undefined): Json =>
  answer?.action === 'accept' && typeof answer.content === 'object' && answer.content !== null
    ? (answer.content as Json)
    : {};

/** Waits, or fails when the call is cancelled first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('cancelled'));
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('cancelled'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
