import { createHash } from 'node:crypto';
import { type VettingReport, vetServer } from '@sallyport/vetting';
import { readLines, writeLine } from '../json-lines.ts';
import { type FromChild, type StartMessage, stepNames, type ToChild } from '../messages.ts';
import { loadDetector } from './load-detector.ts';
import { observeServer } from './observe-server.ts';
import { createParentFetch } from './parent-fetch.ts';

/**
 * The child: speaks with a server nobody trusts yet and judges it. It has no environment, no files but its own code,
 * no credential, and where bubblewrap works no network; everything it may do is to ask its parent.
 */

const send = (message: FromChild): void => writeLine(process.stdout, message);
const link = createParentFetch(send);

const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

async function work(start: StartMessage): Promise<void> {
  const step = (given: Omit<Extract<FromChild, { kind: 'step' }>, 'kind'>): void =>
    send({ kind: 'step', ...given });
  const { observation, isListComplete } = await observeServer({ start, link, step });
  step({ name: stepNames.judge, state: 'running', detail: null });
  const { server, neighbours, approved } = start;
  const report = vetServer({ server, observation, neighbours, approved }, sha256Hex, loadDetector());
  step({ name: stepNames.judge, state: 'finished', detail: summary(report) });
  const first = observation.errors[0];
  const error = first ? `${first.step}: ${first.message} (${first.code})`.slice(0, 400) : null;
  const done = { kind: 'report', report: structuredClone(report), isListComplete, error } as const;
  process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
}

function summary(report: VettingReport): string {
  const count = report.tools.reduce((sum, tool) => sum + tool.findings.length, report.serverFindings.length);
  return `grade ${report.grade}, ${count} ${count === 1 ? 'finding' : 'findings'}`;
}

function receive(line: string): void {
  // Invariant: the parent is the only one who writes here.
  const message = JSON.parse(line) as ToChild;
  if (message.kind !== 'start') {
    link.receive(message);
    return;
  }
  work(message).catch((cause: unknown) => {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`, () => process.exit(1));
  });
}

readLines(process.stdin, { maxLineBytes: 64 * 1024 * 1024 }, { line: receive, fault: () => process.exit(1) });
// Without a parent there is nothing left to do.
process.stdin.on('end', () => process.exit(0));
