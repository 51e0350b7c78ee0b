import { AppError, isUuid } from '@sallyport/kernel';
import { type JobsOptions, Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { connectRedis } from './connect-redis.ts';
import { queueNames } from './keys.ts';

const uuid = z.string().refine(isUuid, 'not an id');
const runSchema = z.strictObject({ tenantId: uuid, runId: uuid });

/** Payload per queue; parsed again when a job starts. The run itself stands in Postgres. */
export const jobSchemas = { vet: runSchema, recheck: runSchema } as const satisfies Record<
  keyof typeof queueNames,
  z.ZodType
>;
export type QueueName = keyof typeof jobSchemas;
export type JobPayload<Q extends QueueName> = z.infer<(typeof jobSchemas)[Q]>;

/**
 * Nothing is kept after a job has ended, well or badly: Postgres knows what is due, and a kept id would
 * keep the reconciler from enqueuing the same run again.
 */
export const jobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: true,
  removeOnFail: true,
} as const satisfies JobsOptions;

/** The id that keeps a run from being queued twice. */
export function jobId(payload: { readonly runId: string }): string {
  return `run-${payload.runId}`;
}

export interface JobQueue<Q extends QueueName> {
  /** Adds the job unless it is already waiting or running. @throws when Redis does not take it within 3 s. */
  enqueue(payload: JobPayload<Q>): Promise<void>;
  /** Whether a run is waiting, delayed or running. */
  holds(runId: string): Promise<boolean>;
  close(): Promise<void>;
}

interface QueueInput {
  readonly url: string;
  readonly onError: (cause: Error) => void;
}

const patienceMs = 3_000;

/** Opens the producing side of a queue. */
export function openJobQueue<Q extends QueueName>(name: Q, input: QueueInput): JobQueue<Q> {
  const connection = connectRedis({ ...input, kind: 'command', name: `queue-${name}` });
  const queue = new Queue(queueNames[name], {
    connection,
    defaultJobOptions: jobOptions,
  });
  queue.on('error', input.onError);
  return {
    enqueue: async (payload) => {
      const data = jobSchemas[name].parse(payload);
      await inTime(queue.add(name, data, { jobId: jobId(data) }));
    },
    holds: async (runId) => (await inTime(queue.getJob(jobId({ runId })))) !== undefined,
    close: async () => {
      await queue.close();
      connection.disconnect();
    },
  };
}

export interface JobContext {
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
}

export interface JobWorkerInput<Q extends QueueName> extends QueueInput {
  readonly concurrency: number;
  /** A throw is a failed attempt; after the last one the run is Postgres' and the reconciler's business. */
  readonly process: (payload: JobPayload<Q>, context: JobContext) => Promise<void>;
}

export interface JobWorker {
  /** Waits for running jobs. */
  close(): Promise<void>;
}

/** Opens the working side of a queue. */
export function openJobWorker<Q extends QueueName>(name: Q, input: JobWorkerInput<Q>): JobWorker {
  const { url, onError } = input;
  const connection = connectRedis({ url, onError, kind: 'jobs', name: `worker-${name}` });
  const worker = new Worker(
    queueNames[name],
    async (job) => {
      const payload = jobSchemas[name].parse(job.data);
      const attempt = job.attemptsMade + 1;
      await input.process(payload, { attempt, isLastAttempt: attempt >= jobOptions.attempts });
    },
    {
      connection,
      concurrency: input.concurrency,
      lockDuration: 60_000,
      stalledInterval: 15_000,
      maxStalledCount: 1,
      maxStartedAttempts: 6,
    },
  );
  worker.on('error', onError);
  worker.on('failed', (_job, cause) => onError(cause));
  return {
    close: async () => {
      await worker.close();
      connection.disconnect();
    },
  };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('internal_error', 'Redis did not take the job in time')),
      patienceMs,
    );
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
