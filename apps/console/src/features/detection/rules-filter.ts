import type { DetectionTier, DetectionViewFragment, SensitiveClass } from '../../generated/graphql.ts';

export type RuleRow = DetectionViewFragment['rules'][number];
export type TypeRow = DetectionViewFragment['sensitiveTypes'][number];

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean);
}

/** Rules of a tier that have every word in their code, title or OWASP item. */
export function filterRules(
  rows: readonly RuleRow[],
  { find, tier }: { readonly find?: string | undefined; readonly tier?: DetectionTier | undefined },
): readonly RuleRow[] {
  const words = wordsOf(find);
  return rows.filter((row) => {
    if (tier !== undefined && row.tier !== tier) return false;
    const text = `${row.code} ${row.title} ${row.owasp ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Types of a class that have every word in their name as it is stored or as it is shown. */
export function filterTypes(
  rows: readonly TypeRow[],
  {
    find,
    class: wanted,
  }: { readonly find?: string | undefined; readonly class?: SensitiveClass | undefined },
  nameOf: (type: string) => string,
): readonly TypeRow[] {
  const words = wordsOf(find);
  return rows.filter((row) => {
    if (wanted !== undefined && row.class !== wanted) return false;
    const text = `${row.type} ${nameOf(row.type)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Words that are not written like others. */
const spelled: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['AWS', 'US', 'SSN', 'IBAN', 'IP', 'MAC', 'BTC', 'ETH', 'JWT', 'URL', 'API'].map((word) => [word, word]),
  ),
  CONN: 'connection string',
  DB: 'Database',
  DIGITALOCEAN: 'DigitalOcean',
  GITHUB: 'GitHub',
  GITLAB: 'GitLab',
  GRAINED: 'grained token',
  HF: 'Hugging Face',
  NPM: 'npm',
  OAUTH: 'OAuth',
  OPENAI: 'OpenAI',
  PYPI: 'PyPI',
  SENDGRID: 'SendGrid',
};

/** `AWS_ACCESS_KEY` as "AWS access key". */
export function typeName(type: string): string {
  return type
    .split('_')
    .map((word, index) => {
      const own = spelled[word];
      if (own !== undefined) return own;
      return index === 0 ? word.charAt(0) + word.slice(1).toLowerCase() : word.toLowerCase();
    })
    .join(' ');
}
