import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { redactLine } from './redact.ts';

export type { Logger } from 'pino';

/**
 * A pino logger that prints JSON lines without secrets: every finished line passes one gate, so child bindings,
 * nested fields, error messages and causes are cleaned alike. Not meant for the hot path of a call.
 */
export function createLogger(input: {
  readonly name: string;
  readonly level?: string;
  /** Standard output when left out. */
  readonly destination?: DestinationStream;
}): Logger {
  const options: LoggerOptions = {
    name: input.name,
    level: input.level ?? 'info',
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: pino.stdSerializers.errWithCause, error: pino.stdSerializers.errWithCause },
    hooks: { streamWrite: redactLine },
  };
  // Synchronous: a line about a crash must be out before the process is.
  return pino(options, input.destination ?? pino.destination({ fd: 1, sync: true }));
}
