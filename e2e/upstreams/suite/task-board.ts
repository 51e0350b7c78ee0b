import { randomUUID } from 'node:crypto';
import { type Json, ProtocolFault, type Question, runTool, type SuiteTool, type Talk } from './talk.ts';

type Status = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

interface Task {
  readonly id: string;
  readonly createdAt: string;
  readonly stop: AbortController;
  readonly questions: Map<string, { readonly question: Question; answer(given: Json): void }>;
  status: Status;
  lastUpdatedAt: string;
  outcome: Json;
}

const ttlMs = 60_000;
const isOver = ({ status }: Task) => ['completed', 'failed', 'cancelled'].includes(status);

/** Tasks of the 2026-07-28 extension, in memory: made by hand, because the SDK has none. */
export function createTaskBoard() {
  const tasks = new Map<string, Task>();
  const find = (id: string): Task => {
    const task = tasks.get(id);
    if (task === undefined) throw new ProtocolFault(-32602, 'Task not found');
    return task;
  };
  return {
    /** Starts the tool as a task; the handle is good before this returns. */
    start(tool: SuiteTool, args: Json, talk: Talk, prepared: Json): Json {
      const now = new Date().toISOString();
      const id = randomUUID();
      const stop = new AbortController();
      const task: Task = {
        id,
        createdAt: now,
        lastUpdatedAt: now,
        stop,
        questions: new Map(),
        status: 'working',
        outcome: {},
      };
      tasks.set(id, task);
      const timer = setTimeout(() => tasks.delete(id), ttlMs);
      timer.unref();
      void work(task, tool, args, taskTalk(task, talk), prepared);
      return { resultType: 'task', ...facts(task) };
    },
    get(id: string): Json {
      const task = find(id);
      const open = [...task.questions].map(([key, { question }]) => [key, question]);
      return {
        ...facts(task),
        ...(task.status === 'input_required' && { inputRequests: Object.fromEntries(open) }),
        ...task.outcome,
      };
    },
    update(id: string, responses: Json): Json {
      const { questions } = find(id);
      for (const [key, given] of Object.entries(responses)) {
        if (typeof given === 'object' && given !== null) questions.get(key)?.answer(given as Json);
      }
      return {};
    },
    cancel(id: string): Json {
      const task = find(id);
      if (!isOver(task)) settle(task, 'cancelled', {});
      task.stop.abort();
      return {};
    },
    close() {
      for (const task of tasks.values()) task.stop.abort();
      tasks.clear();
    },
  };
}

export type TaskBoard = ReturnType<typeof createTaskBoard>;

const facts = ({ id, status, createdAt, lastUpdatedAt }: Task): Json => ({
  taskId: id,
  status,
  createdAt,
  lastUpdatedAt,
  ttlMs,
  pollIntervalMs: 100,
});

function settle(task: Task, status: Status, outcome: Json): void {
  if (isOver(task)) return;
  task.status = status;
  task.outcome = outcome;
  task.lastUpdatedAt = new Date().toISOString();
}

async function work(task: Task, tool: SuiteTool, args: Json, talk: Talk, prepared: Json): Promise<void> {
  try {
    settle(task, 'completed', { result: await runTool(tool, args, talk, prepared) });
  } catch (error) {
    const { message } = error as Error;
    const code = error instanceof ProtocolFault ? error.code : -32603;
    settle(task, 'failed', { error: { code, message } });
  }
}

/** A task's way to its caller: questions wait on the board until `tasks/update` brings the answers. */
function taskTalk(task: Task, talk: Talk): Talk {
  return {
    ...talk,
    signal: task.stop.signal,
    progress: async () => {},
    log: async () => {},
    async ask(questions) {
      const waiting = Object.entries(questions).map(([key, question]) => put(task, key, question));
      settle(task, 'input_required', {});
      const answers = Object.fromEntries(await Promise.all(waiting));
      settle(task, 'working', {});
      return answers;
    },
  };
}

function put(task: Task, key: string, question: Question): Promise<readonly [string, Json]> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(new Error('cancelled'));
    task.stop.signal.addEventListener('abort', cancelled, { once: true });
    task.questions.set(key, {
      question,
      answer(given) {
        task.questions.delete(key);
        resolve([key, given]);
      },
    });
  });
}
