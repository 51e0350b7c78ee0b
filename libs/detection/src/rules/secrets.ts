import type { FindingSeverity } from '../finding.ts';

/**
 * A secret recognised by its prefix: literal (folded), exact spelling, and the run that must follow. Prefixes are put
 * together from parts so that this table does not look like a leak to other scanners.
 */
export interface SecretRule {
  readonly code: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  /** As it is written; matched exactly. */
  readonly prefix: string;
  /** Units that may follow. */
  readonly alphabet: 'upper_digit' | 'word' | 'word_dash' | 'base64url_dots';
  readonly minRun: number;
  readonly maxRun: number;
}

const token = (
  code: string,
  title: string,
  prefix: string,
  run: Pick<SecretRule, 'alphabet' | 'minRun' | 'maxRun'>,
): SecretRule => ({ code, title, severity: 'high', prefix, ...run });

const word = (minRun: number, maxRun = 255) => ({ alphabet: 'word', minRun, maxRun }) as const;
const dash = (minRun: number, maxRun = 255) => ({ alphabet: 'word_dash', minRun, maxRun }) as const;
const aws = { alphabet: 'upper_digit', minRun: 16, maxRun: 16 } as const;

export const secretRules: readonly SecretRule[] = [
  token('secret_aws_key', 'AWS access key id', `${'AK'}IA`, aws),
  token('secret_aws_key', 'AWS access key id', `${'AS'}IA`, aws),
  token('secret_github_token', 'GitHub token', `${'gh'}p_`, word(30)),
  token('secret_github_token', 'GitHub token', `${'gh'}o_`, word(30)),
  token('secret_github_token', 'GitHub token', `${'gh'}u_`, word(30)),
  token('secret_github_token', 'GitHub token', `${'gh'}s_`, word(30)),
  token('secret_github_token', 'GitHub token', `${'gh'}r_`, word(30)),
  token('secret_github_token', 'GitHub token', `${'github'}_pat_`, word(30)),
  token('secret_gitlab_token', 'GitLab token', `${'gl'}pat-`, dash(18)),
  token('secret_slack_token', 'Slack token', `${'xox'}b-`, dash(20)),
  token('secret_slack_token', 'Slack token', `${'xox'}p-`, dash(20)),
  token('secret_slack_token', 'Slack token', `${'xox'}a-`, dash(20)),
  token('secret_slack_token', 'Slack token', `${'xox'}s-`, dash(20)),
  token('secret_slack_token', 'Slack token', `${'xa'}pp-`, dash(20)),
  token('secret_model_key', 'Key of a model provider', `${'sk'}-`, dash(20)),
  token('secret_stripe_key', 'Stripe key', `${'sk'}_live_`, word(16)),
  token('secret_stripe_key', 'Stripe key', `${'rk'}_live_`, word(16)),
  token('secret_google_key', 'Google API key', `${'AI'}za`, dash(30)),
  token('secret_google_token', 'Google OAuth token', `${'ya'}29.`, dash(20)),
  token('secret_npm_token', 'npm token', `${'np'}m_`, word(30)),
  token('secret_pypi_token', 'PyPI token', `${'py'}pi-`, dash(30)),
  token('secret_huggingface_token', 'Hugging Face token', `${'h'}f_`, word(30)),
  token('secret_sendgrid_key', 'SendGrid key', `${'S'}G.`, {
    alphabet: 'base64url_dots',
    minRun: 40,
    maxRun: 120,
  }),
  token('secret_sallyport_key', 'Sallyport key', `${'s'}p_`, word(30)),
  token('secret_jwt', 'JSON Web Token', `${'ey'}J`, { alphabet: 'base64url_dots', minRun: 40, maxRun: 8192 }),
];

/** A private key in PEM form: header, then the rest up to its footer or the cap. */
export const pemHeads: readonly string[] = [
  `-----${'begin'} private key-----`,
  `-----${'begin'} rsa private key-----`,
  `-----${'begin'} ec private key-----`,
  `-----${'begin'} dsa private key-----`,
  `-----${'begin'} openssh private key-----`,
  `-----${'begin'} encrypted private key-----`,
  `-----${'begin'} pgp private key block-----`,
];
