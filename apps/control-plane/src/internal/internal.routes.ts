import { AppError } from '@sallyport/kernel';
import { batchLimits, parseIngestBatch } from '@sallyport/ledger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApplyVetResult } from '../approvals/apply-vet-result.ts';
import type { IngestFrames } from '../ingest/ingest-batch.ts';
import type { AfterCommit } from '../platform/tenant-changes.ts';
import type { IssueLoginLink } from '../sign-in/issue-login-link.ts';
import { isSameText } from '../sign-in/secrets.ts';

export interface InternalRoutesDeps {
  /** Of the workers and jobs. */
  readonly token: string;
  /** Of whoever holds the installation's secrets: opens sign-in links, and no worker knows it. */
  readonly operatorToken: string;
  readonly ingest: IngestFrames;
  readonly vetFinished: ApplyVetResult;
  readonly loginLinks: IssueLoginLink;
  readonly after: AfterCommit;
}

const runSchema = z.object({ tenantId: z.uuid(), runId: z.uuid() });
const linkSchema = z.object({ email: z.email().optional() }).nullish();

/** `POST /internal/*`: only our own processes, by bearer token; no cookie is looked at. */
export function registerInternalRoutes(scope: FastifyInstance, deps: InternalRoutesDeps): void {
  const requires =
    (token: string) =>
    async (request: FastifyRequest): Promise<void> => {
      const header = request.headers.authorization ?? '';
      if (!isSameText(header, `Bearer ${token}`)) throw new AppError('unauthenticated');
    };
  const options = { onRequest: requires(deps.token), bodyLimit: batchLimits.maxBytes };

  scope.post('/internal/ingest', options, async (request) => {
    const parsed = parseIngestBatch(request.body);
    if (parsed.kind === 'refused') throw new AppError('malformed', parsed.reason);
    const result = await deps.ingest.execute(parsed.batch);
    for (const [tenantId, callId] of result.calls) {
      deps.after.live(tenantId, 'call', callId);
      deps.after.live(tenantId, 'usage', '');
    }
    if (result.hasObservations) deps.after.wakePublisher();
    return { committedSeq: result.committedSeq };
  });

  scope.post('/internal/vet-finished', options, async (request) => {
    const run = runSchema.safeParse(request.body);
    if (!run.success) throw new AppError('malformed');
    await deps.vetFinished.execute(run.data.tenantId, run.data.runId);
    return { ok: true };
  });

  // Invariant T27: a taken-over worker or job must not be able to sign somebody in.
  scope.post('/internal/login-link', { onRequest: requires(deps.operatorToken) }, async (request) => {
    const body = linkSchema.safeParse(request.body);
    if (!body.success) throw new AppError('malformed');
    const link = await deps.loginLinks.execute(body.data?.email);
    return { url: link.url, expiresAt: link.expiresAt };
  });
}
