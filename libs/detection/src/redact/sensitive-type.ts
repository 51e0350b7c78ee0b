/** Kinds of private data, from the point of view of who is harmed; policies name these first. */
export const sensitiveClasses = ['secret', 'financial', 'identity', 'contact', 'health', 'network'] as const;
export type SensitiveClass = (typeof sensitiveClasses)[number];

/** Every type that is found, and its class. Secrets without a row of their own are `API_KEY` with a detail. */
export const sensitiveTable = {
  AWS_ACCESS_KEY: 'secret',
  AWS_SECRET_KEY: 'secret',
  GITHUB_TOKEN: 'secret',
  GITHUB_FINE_GRAINED: 'secret',
  GITLAB_TOKEN: 'secret',
  SLACK_TOKEN: 'secret',
  SLACK_WEBHOOK: 'secret',
  STRIPE_KEY: 'secret',
  OPENAI_KEY: 'secret',
  ANTHROPIC_KEY: 'secret',
  GOOGLE_API_KEY: 'secret',
  GOOGLE_OAUTH_TOKEN: 'secret',
  JWT: 'secret',
  PRIVATE_KEY: 'secret',
  DB_URL: 'secret',
  URL_CREDENTIALS: 'secret',
  BEARER_TOKEN: 'secret',
  BASIC_AUTH: 'secret',
  NPM_TOKEN: 'secret',
  PYPI_TOKEN: 'secret',
  SENDGRID_KEY: 'secret',
  TWILIO_KEY: 'secret',
  AZURE_CONN: 'secret',
  DISCORD_TOKEN: 'secret',
  DISCORD_WEBHOOK: 'secret',
  HF_TOKEN: 'secret',
  DIGITALOCEAN_TOKEN: 'secret',
  SHOPIFY_TOKEN: 'secret',
  VAULT_TOKEN: 'secret',
  SALLYPORT_KEY: 'secret',
  PASSWORD: 'secret',
  API_KEY: 'secret',
  CREDIT_CARD: 'financial',
  IBAN: 'financial',
  BANK_ACCOUNT: 'financial',
  BTC_ADDRESS: 'financial',
  ETH_ADDRESS: 'financial',
  US_SSN: 'identity',
  NATIONAL_ID: 'identity',
  PASSPORT: 'identity',
  DRIVING_LICENCE: 'identity',
  DATE_OF_BIRTH: 'identity',
  PERSON: 'contact',
  EMAIL: 'contact',
  PHONE: 'contact',
  POSTAL_ADDRESS: 'contact',
  MEDICAL_RECORD: 'health',
  IP_ADDRESS: 'network',
  MAC_ADDRESS: 'network',
} as const satisfies Readonly<Record<string, SensitiveClass>>;

export type SensitiveType = keyof typeof sensitiveTable;

export const sensitiveTypes = Object.keys(sensitiveTable) as readonly SensitiveType[];

/** The class of a type. */
export function classOf(type: SensitiveType): SensitiveClass {
  return sensitiveTable[type];
}

/** Whether a word names a type: what comes from outside is asked before it is believed. */
export function isSensitiveType(word: string): word is SensitiveType {
  return Object.hasOwn(sensitiveTable, word);
}

/** Where private data stands in a text: UTF-16 units of the original, end exclusive, exactly the value. */
export interface SensitiveSpan {
  readonly start: number;
  readonly end: number;
  readonly type: SensitiveType;
  /** Which format or country it was (`DE_TAX_ID`, `datadog_api_key`); `null` where the type says all. */
  readonly detail: string | null;
  readonly confidence: number;
}
