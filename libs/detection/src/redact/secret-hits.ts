import type { FindingSeverity, RawHit, RuleFacts } from '../finding.ts';
import type { Candidate } from './found.ts';
import { secretMeanings } from './literal-table.ts';
import { secretFormats } from './prefix-secrets.ts';
import { secretOf } from './search-view.ts';
import type { SensitiveType } from './sensitive-type.ts';

const owasp = 'MCP01';

/** The literals that a scan of text looks for to find secrets; `confirmSecret` judges what it finds. */
export const secretLiterals: readonly string[] = secretMeanings.map(([literal]) => literal);

/** Decides whether the literal found at `start` begins or names a secret. Work is bounded by the length of a secret. */
export function confirmSecret(text: string, literal: number, start: number, end: number): RawHit | undefined {
  const meaning = secretMeanings[literal]?.[1];
  if (meaning === undefined || meaning.kind === 'context') return undefined;
  const candidate = secretOf(text, meaning, start, end);
  if (candidate === undefined) return undefined;
  return { facts: factsOf(candidate), start: candidate.start, end: candidate.end, isSecret: true };
}

const named: Readonly<
  Partial<Record<SensitiveType, readonly [code: string, title: string, FindingSeverity]>>
> = {
  PRIVATE_KEY: ['secret_private_key', 'Private key', 'critical'],
  JWT: ['secret_jwt', 'JSON Web Token', 'high'],
  DB_URL: ['secret_database_url', 'Database URL with a password', 'high'],
  URL_CREDENTIALS: ['secret_url_credentials', 'URL with a password', 'high'],
  AZURE_CONN: ['secret_azure_connection', 'Azure connection string', 'high'],
  AWS_SECRET_KEY: ['secret_aws_secret_key', 'AWS secret key', 'high'],
  BEARER_TOKEN: ['secret_bearer_token', 'Bearer token', 'medium'],
  BASIC_AUTH: ['secret_basic_auth', 'Basic credentials', 'medium'],
  PASSWORD: ['secret_password', 'Password', 'medium'],
};

const formatFacts: ReadonlyMap<string, RuleFacts> = new Map(
  secretFormats.map(({ detail, code, title, prefix }) => {
    // A long prefix of its own is proof; `live_` and the like are a hint.
    const severity: FindingSeverity = code === 'secret_api_key' && prefix.length < 5 ? 'medium' : 'high';
    return [detail ?? code, { code, title, severity, owasp }];
  }),
);

const other: RuleFacts = { code: 'secret_api_key', title: 'API key', severity: 'medium', owasp };

const namedFacts: ReadonlyMap<SensitiveType, RuleFacts> = new Map(
  Object.entries(named).map(([type, [code, title, severity]]) => [
    type as SensitiveType,
    { code, title, severity, owasp },
  ]),
);

function factsOf({ type, detail }: Candidate): RuleFacts {
  return namedFacts.get(type) ?? formatFacts.get(detail ?? '') ?? other;
}
