import { AppError } from '@sallyport/kernel';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../access/session.ts';
import { csrfToken, isSameText } from '../sign-in/secrets.ts';
import type { SessionStore } from '../sign-in/session-store.ts';
import { csrfHeader, readCookie, sessionCookie } from './cookies.ts';
import { type AllowedHosts, isAllowedOrigin } from './request-origin.ts';

/** Finds out who a browser request comes from, and that it comes from the console. */
export class BrowserSessions {
  constructor(
    private readonly sessions: SessionStore,
    private readonly allowed: AllowedHosts,
  ) {}

  /** The session of the cookie, if there is a live one. */
  async find(request: FastifyRequest): Promise<Session | undefined> {
    const secret = readCookie(request, sessionCookie);
    return secret === undefined || secret.length > 100 ? undefined : this.sessions.load(secret);
  }

  /**
   * The session of a request that reads.
   * @throws AppError `unauthenticated`
   */
  async require(request: FastifyRequest): Promise<Session> {
    const session = await this.find(request);
    if (!session) throw new AppError('unauthenticated', 'no session');
    return session;
  }

  /**
   * The session of a request that may change something.
   * Invariant: the Origin is ours and the header carries the token bound to this very session.
   * @throws AppError `csrf` or `unauthenticated`
   */
  async requireForChange(request: FastifyRequest): Promise<Session> {
    this.requireOwnOrigin(request);
    const secret = readCookie(request, sessionCookie);
    if (secret === undefined) throw new AppError('unauthenticated', 'no session');
    const header = request.headers[csrfHeader];
    if (typeof header !== 'string' || !isSameText(header, csrfToken(secret))) throw new AppError('csrf');
    return this.require(request);
  }

  /**
   * Refuses a POST that another site's page made.
   * @throws AppError `csrf`
   */
  requireOwnOrigin(request: FastifyRequest): void {
    if (!isAllowedOrigin(this.allowed, request.headers.origin, true)) throw new AppError('csrf');
  }
}
