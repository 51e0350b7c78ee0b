import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewSession } from '../sign-in/session-store.ts';

export const sessionCookie = 'sp_session';
export const csrfCookie = 'sp_csrf';
export const csrfHeader = 'x-sallyport-csrf';

/** Reads one cookie of a request; the first of that name counts. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Hands a new session to the browser: the secret HttpOnly, its CSRF token readable by the console. */
export function setSessionCookies(reply: FastifyReply, session: NewSession, isSecure: boolean): void {
  const tail = `; Path=/; SameSite=Lax; Expires=${session.expiresAt.toUTCString()}${isSecure ? '; Secure' : ''}`;
  reply.header('set-cookie', [
    `${sessionCookie}=${session.secret}${tail}; HttpOnly`,
    `${csrfCookie}=${session.csrf}${tail}`,
  ]);
}

/** Takes both cookies back. */
export function clearSessionCookies(reply: FastifyReply, isSecure: boolean): void {
  const tail = `=; Path=/; SameSite=Lax; Max-Age=0${isSecure ? '; Secure' : ''}`;
  reply.header('set-cookie', [`${sessionCookie}${tail}; HttpOnly`, `${csrfCookie}${tail}`]);
}
