import {
  type InputRequests,
  type InputRequiredResult,
  inputRequired,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { type Change, Interruption, type Json, type Question, type Talk } from './talk.ts';

/** What the fixture writes into `requestState`: the answers of the rounds before. */
export interface RoundState {
  readonly answers: Readonly<Record<string, Json>>;
}

class AnswersMissing extends Interruption {
  readonly questions: Readonly<Record<string, Question>>;
  readonly state: RoundState | undefined;
  constructor(questions: Readonly<Record<string, Question>>, state: RoundState | undefined) {
    super('answers are missing');
    this.questions = questions;
    this.state = state;
  }
}

/** The capabilities that a 2026-07-28 request carries itself. */
export const declaredBy = ({ mcpReq }: ServerContext): Json | undefined =>
  (mcpReq.envelope as Json | undefined)?.['io.modelcontextprotocol/clientCapabilities'] as Json | undefined;

/** The talk of one request of the 2.x SDK, which serves both eras through the same handlers. */
export function modernTalk(
  ctx: ServerContext,
  clientCapabilities: Json | undefined,
  announce: (change: Change) => void,
): Talk {
  const { mcpReq, http } = ctx;
  const state = mcpReq.requestState<RoundState>();
  const given = { ...state?.answers, ...(mcpReq.inputResponses as Readonly<Record<string, Json>>) };
  return {
    clientCapabilities: declaredBy(ctx) ?? clientCapabilities ?? {},
    signal: mcpReq.signal,
    async ask(questions, { isSealed = false } = {}) {
      const mayUse = !isSealed || state !== undefined;
      const missing = Object.entries(questions).filter(([key]) => !mayUse || given[key] === undefined);
      if (missing.length === 0)
        return Object.fromEntries(Object.keys(questions).map((key) => [key, given[key] ?? {}]));
      throw new AnswersMissing(
        Object.fromEntries(missing.map(([key, question]) => [key, modernQuestion(question)])),
        isSealed || state !== undefined ? { answers: given } : undefined,
      );
    },
    async progress(progress, total) {
      const progressToken = mcpReq._meta?.progressToken;
      if (progressToken === undefined) return;
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total } });
    },
    log: (level, text) => mcpReq.log(level, text, 'suite'),
    closeStream: () => http?.closeSSE?.(),
    announce,
  };
}

/** The 2026-07-28 shape of a question: a visited page has no id of its own there. */
function modernQuestion({ method, params }: Question): Question {
  const { elicitationId: _, ...rest } = params;
  return { method, params: rest };
}

/** Runs a handler; questions without answers become the era's `input_required` result. */
export async function orAsk<Result>(
  codec: RequestStateCodec<RoundState>,
  work: () => Promise<Result> | Result,
): Promise<Result | InputRequiredResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AnswersMissing)) throw error;
    return inputRequired({
      inputRequests: error.questions as unknown as InputRequests,
      ...(error.state && { requestState: await codec.mint(error.state) }),
    });
  }
}
