import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const documentsFile = fileURLToPath(
  new URL('../apps/control-plane/persisted-documents.json', import.meta.url),
);

/** A signed-in browser session without a browser: cookies, CSRF header and persisted documents, as the console has them. */
export interface ConsoleSession {
  /** Runs the persisted document that has this root field; throws with the stable code when the API refuses. */
  run<T = Record<string, unknown>>(rootField: string, variables?: Record<string, unknown>): Promise<T>;
  /** Posts any body to the API with this session's cookies; headers given here win. */
  post(body: string, headers?: Record<string, string>): Promise<ApiReply>;
  readonly cookie: string;
}

export interface ApiReply {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Stable code of the first error. */
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** One of the console's own documents. */
export interface PersistedDocument {
  readonly id: string;
  readonly operation: string;
  readonly kind: 'query' | 'mutation';
  /** Fields of the query or mutation itself. */
  readonly rootFields: readonly string[];
  /** Variables by name with their GraphQL type. */
  readonly variables: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every document that a cookie session may run. */
export function persistedDocuments(): readonly PersistedDocument[] {
  const documents = JSON.parse(readFileSync(documentsFile, 'utf8')) as Record<string, string>;
  return Object.entries(documents).map(([id, text]) => {
    const head = /(query|mutation)\s+(\w+)\s*(?:\(([^)]*)\))?\s*\{/.exec(text);
    if (head === null) throw new Error(`not an operation: ${text.slice(0, 80)}`);
    const [whole, kind, operation = '', declared = ''] = head;
    const variables = Object.fromEntries(
      [...declared.matchAll(/\$(\w+)\s*:\s*([\w!![\]]+)/g)].map(([, name, type]) => [name, type ?? '']),
    );
    const rootFields = topFields(text.slice(head.index + whole.length));
    return { id, operation, kind: kind as 'query' | 'mutation', rootFields, variables, text };
  });
}

/** Names at the outermost level of a selection; what stands in brackets of any kind is skipped. */
function topFields(selection: string): readonly string[] {
  const fields: string[] = [];
  let depth = 0;
  for (const [token] of selection.matchAll(/[A-Za-z_]\w*|[(){}]/g)) {
    if (token === '(' || token === '{') depth += 1;
    else if (token === ')' || token === '}') depth -= 1;
    else if (depth === 0) fields.push(token);
    if (depth < 0) break;
  }
  return fields;
}

/** The document that asks for most among those that these variables fit. */
function documentFor(rootField: string, given: Record<string, unknown>): string {
  const fitting = persistedDocuments().filter(
    (document) =>
      document.rootFields.includes(rootField) &&
      Object.keys(given).every((name) => name in document.variables) &&
      Object.entries(document.variables).every(([name, type]) => !type.endsWith('!') || name in given),
  );
  const [best] = fitting.sort((a, b) => b.text.length - a.text.length);
  if (best === undefined)
    throw new Error(`no persisted document has ${rootField}(${Object.keys(given).join(', ')})`);
  return best.id;
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

/** Signs in with the token of a one-time link (`…/link#token=…`); an owner's link wants to know who opens it. */
export async function signIn(
  consoleUrl: string,
  link: string,
  who: { readonly email?: string; readonly displayName?: string } = {},
): Promise<ConsoleSession> {
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  const reply = await fetch(`${consoleUrl}/auth/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: consoleUrl },
    body: JSON.stringify({ token, ...who }),
  });
  if (!reply.ok) throw new Error(`sign-in failed: HTTP ${reply.status} ${await reply.text()}`);
  const cookies = cookiesOf(reply);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const post: ConsoleSession['post'] = async (body, headers = {}) => {
    const answer = await fetch(`${consoleUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: consoleUrl,
        cookie,
        'x-sallyport-csrf': cookies.get('sp_csrf') ?? '',
        ...headers,
      },
      body,
    });
    return readApiReply(answer);
  };
  return {
    cookie,
    post,
    async run<T>(rootField: string, variables: Record<string, unknown> = {}) {
      const documentId = documentFor(rootField, variables);
      const answer = await post(JSON.stringify({ documentId, variables }));
      if (answer.code !== undefined) throw new Error(`${answer.code}: ${answer.message}`);
      return answer.data?.[rootField] as T;
    },
  };
}

async function readApiReply(answer: Response): Promise<ApiReply> {
  const text = await answer.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  const [error] = body.errors ?? [];
  return {
    status: answer.status,
    data: body.data ?? null,
    code: error === undefined ? undefined : (error.extensions?.code ?? 'error'),
    message: error?.message,
  };
}
