import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const documentsFile = fileURLToPath(
  new URL('../apps/control-plane/persisted-documents.json', import.meta.url),
);

/** A signed-in browser session without a browser: cookies, CSRF header and persisted documents, as the console has them. */
export interface ConsoleSession {
  /** Runs the persisted document that has this root field; throws with the stable code when the API refuses. */
  run<T = Record<string, unknown>>(rootField: string, variables?: Record<string, unknown>): Promise<T>;
  readonly cookie: string;
}

function documentFor(rootField: string): string {
  const documents = JSON.parse(readFileSync(documentsFile, 'utf8')) as Record<string, string>;
  const pattern = new RegExp(`^\\s*(?:query|mutation)[^{]*\\{\\s*(?:\\w+\\s*:\\s*)?${rootField}\\b`);
  const hit = Object.entries(documents).find(([, text]) => pattern.test(text));
  if (hit === undefined) throw new Error(`no persisted document starts with ${rootField}`);
  return hit[0];
}

function cookiesOf(reply: Response): Map<string, string> {
  return new Map(
    reply.headers.getSetCookie().map((line) => {
      const [pair = ''] = line.split(';');
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );
}

/** Signs in with the token of a one-time link (`…/link#token=…`). */
export async function signIn(consoleUrl: string, link: string): Promise<ConsoleSession> {
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  const reply = await fetch(`${consoleUrl}/auth/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: consoleUrl },
    body: JSON.stringify({ token }),
  });
  if (!reply.ok) throw new Error(`sign-in failed: HTTP ${reply.status} ${await reply.text()}`);
  const cookies = cookiesOf(reply);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookie,
    async run<T>(rootField: string, variables: Record<string, unknown> = {}) {
      const answer = await fetch(`${consoleUrl}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: consoleUrl,
          cookie,
          'x-sallyport-csrf': cookies.get('sp_csrf') ?? '',
        },
        body: JSON.stringify({ documentId: documentFor(rootField), variables }),
      });
      const body = (await answer.json()) as {
        data?: Record<string, T>;
        errors?: { message: string; extensions?: { code?: string } }[];
      };
      const [error] = body.errors ?? [];
      if (error !== undefined) throw new Error(`${error.extensions?.code ?? 'error'}: ${error.message}`);
      return body.data?.[rootField] as T;
    },
  };
}
