import { AppError } from '@sallyport/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BrowserSessions } from '../http/browser-session.ts';
import { clearSessionCookies, setSessionCookies } from '../http/cookies.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { AcceptInvitation } from './accept-invitation.ts';
import { type AttemptLimiter, sourcePrefix } from './attempt-limiter.ts';
import type { LoginLinks, OpenedLink } from './login-links.ts';
import { hashSecret } from './secrets.ts';
import type { SessionStore } from './session-store.ts';

const bodySchema = z.object({
  token: z.string().min(20).max(100),
  email: z.string().max(254).optional(),
  displayName: z.string().max(100).optional(),
});

export interface SignInRoutesDeps {
  readonly browser: BrowserSessions;
  readonly sessions: SessionStore;
  readonly links: LoginLinks;
  readonly invitations: AcceptInvitation;
  readonly limiter: AttemptLimiter;
  readonly hub: LiveHub;
  readonly isSecure: boolean;
}

type Opener = (body: z.infer<typeof bodySchema>, signedInUserId: string | null) => Promise<OpenedLink>;

/** `POST /auth/link`, `/auth/invitation` and `/auth/sign-out`. */
export function registerSignInRoutes(scope: FastifyInstance, deps: SignInRoutesDeps): void {
  const openWith = (open: Opener) => async (request: FastifyRequest, reply: FastifyReply) => {
    deps.browser.requireOwnOrigin(request);
    deps.limiter.take(`from ${sourcePrefix(request.ip)}`);
    const body = bodySchema.safeParse(request.body);
    if (!body.success) throw new AppError('link_invalid');
    deps.limiter.take(`token ${hashSecret(body.data.token)}`);
    const before = await deps.browser.find(request);
    const opened = await open(body.data, before?.userId ?? null);
    // A new session every time, and the old one ends: no fixation, no session left behind in a shared browser.
    if (before) {
      await deps.sessions.revoke(before.id);
      deps.hub.closeSession(before.id);
    }
    const session = await deps.sessions.create(opened.userId, opened.tenantId);
    setSessionCookies(reply, session, deps.isSecure);
    return { ok: true };
  };

  const limits = { bodyLimit: 4 * 1024 };
  scope.post(
    '/auth/link',
    limits,
    openWith((body, user) => deps.links.open(body.token, body, user)),
  );
  scope.post(
    '/auth/invitation',
    limits,
    openWith((body, signedInUserId) => deps.invitations.execute({ ...body, signedInUserId })),
  );
  scope.post('/auth/sign-out', limits, async (request, reply) => {
    const session = await deps.browser.requireForChange(request);
    await deps.sessions.revoke(session.id);
    deps.hub.closeSession(session.id);
    clearSessionCookies(reply, deps.isSecure);
    return { ok: true };
  });
}
