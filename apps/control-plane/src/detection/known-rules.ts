import type { FindingSeverity } from '@sallyport/detection';

/** What a rule says of itself, for the screens: its loudest form, and where more than one title is used, the first. */
export interface KnownRule {
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly owasp: string | null;
}

/** The built-in rules of detection and vetting; a test holds it against their sources. */
export const knownRules: Readonly<Record<string, KnownRule>> = {
  ansi_conceal: { title: 'Terminal escape that hides text', severity: 'critical', owasp: 'MCP03' },
  ansi_escape: { title: 'Terminal escape sequence', severity: 'high', owasp: 'MCP03' },
  approval_bypass: { title: 'Asks to act without confirmation', severity: 'high', owasp: null },
  bidi_control: { title: 'Characters that reorder text', severity: 'high', owasp: 'MCP03' },
  bidi_mark: { title: 'Direction marks', severity: 'low', owasp: 'MCP03' },
  broad_schema: { title: 'Names no arguments and accepts any', severity: 'medium', owasp: 'MCP05' },
  concealment: { title: 'Asks the model to hide something', severity: 'high', owasp: 'MCP03' },
  confusable_text: {
    title: 'Word that mixes look-alike letters of two scripts',
    severity: 'high',
    owasp: 'MCP03',
  },
  control_character: { title: 'Control characters', severity: 'medium', owasp: 'MCP03' },
  covert_parameter: {
    title: 'Parameter named after data that tools have no right to',
    severity: 'high',
    owasp: 'MCP03',
  },
  credential_not_needed: {
    title: 'Answers without the credential that is stored for it',
    severity: 'low',
    owasp: 'MCP07',
  },
  credential_request: {
    title: 'Asks the model for credentials or the conversation',
    severity: 'high',
    owasp: 'MCP01',
  },
  duplicate_tool: { title: 'The same name is listed twice', severity: 'high', owasp: 'MCP03' },
  encoded_instruction: { title: 'Encoded text that hides a finding', severity: 'critical', owasp: 'MCP03' },
  encoded_run: { title: 'Long encoded run', severity: 'medium', owasp: 'MCP03' },
  encoding_limit: { title: 'Encodings inside encodings beyond the limit', severity: 'high', owasp: 'MCP03' },
  exfiltration: { title: 'Sends private data to an address', severity: 'critical', owasp: 'MCP10' },
  exfiltration_host: {
    title: 'Address of a service made for catching data',
    severity: 'high',
    owasp: 'MCP10',
  },
  hidden_padding: { title: 'Text pushed out of sight by blank space', severity: 'medium', owasp: 'MCP03' },
  hidden_tags: { title: 'Invisible tag characters', severity: 'critical', owasp: 'MCP03' },
  icon_source: { title: 'Icon is neither https nor an image in place', severity: 'medium', owasp: 'MCP04' },
  image_exfiltration: { title: 'Picture address that carries data away', severity: 'high', owasp: 'MCP10' },
  instruction_markup: { title: 'Markup that imitates a system message', severity: 'high', owasp: null },
  instruction_override: { title: 'Text addressed to the model', severity: 'high', owasp: null },
  invalid_tool_name: { title: 'Name has characters that do not show', severity: 'critical', owasp: 'MCP03' },
  invisible_character: { title: 'Characters that do not show', severity: 'medium', owasp: 'MCP03' },
  lookalike_server: { title: 'Name imitates another server', severity: 'high', owasp: 'MCP09' },
  lookalike_tool: { title: 'Name looks like another one', severity: 'high', owasp: 'MCP03' },
  model_addressed: { title: 'Text addressed to the model', severity: 'medium', owasp: null },
  names_other_server: { title: 'Names another server of this tenant', severity: 'low', owasp: 'MCP03' },
  priority_claim: { title: 'Claims to go before other tools', severity: 'medium', owasp: 'MCP03' },
  prompt_leak: { title: 'Asks for the hidden prompt', severity: 'medium', owasp: 'MCP10' },
  remote_code: { title: 'Fetches or runs code from elsewhere', severity: 'critical', owasp: 'MCP05' },
  reserved_uri: { title: 'URI begins like those that the gateway gives', severity: 'medium', owasp: 'MCP03' },
  same_uri: { title: 'Offers a URI that another server offers', severity: 'low', owasp: 'MCP03' },
  scan_failed: { title: 'A definition could not be scanned', severity: 'high', owasp: null },
  scan_truncated: { title: 'Too large to be scanned whole', severity: 'medium', owasp: null },
  schema_refused: { title: 'Schema is beyond the limits', severity: 'high', owasp: 'MCP05' },
  secret_aws_key: { title: 'AWS access key id', severity: 'high', owasp: 'MCP01' },
  secret_file: { title: 'Names a file that holds secrets', severity: 'medium', owasp: 'MCP01' },
  secret_file_request: {
    title: 'Asks for the content of a file that holds secrets',
    severity: 'critical',
    owasp: 'MCP01',
  },
  secret_github_token: { title: 'GitHub token', severity: 'high', owasp: 'MCP01' },
  secret_gitlab_token: { title: 'GitLab token', severity: 'high', owasp: 'MCP01' },
  secret_google_key: { title: 'Google API key', severity: 'high', owasp: 'MCP01' },
  secret_google_token: { title: 'Google OAuth token', severity: 'high', owasp: 'MCP01' },
  secret_huggingface_token: { title: 'Hugging Face token', severity: 'high', owasp: 'MCP01' },
  secret_jwt: { title: 'JSON Web Token', severity: 'high', owasp: 'MCP01' },
  secret_model_key: { title: 'Key of a model provider', severity: 'high', owasp: 'MCP01' },
  secret_npm_token: { title: 'npm token', severity: 'high', owasp: 'MCP01' },
  secret_private_key: { title: 'Private key', severity: 'critical', owasp: null },
  secret_pypi_token: { title: 'PyPI token', severity: 'high', owasp: 'MCP01' },
  secret_sallyport_key: { title: 'Sallyport key', severity: 'high', owasp: 'MCP01' },
  secret_sendgrid_key: { title: 'SendGrid key', severity: 'high', owasp: 'MCP01' },
  secret_slack_token: { title: 'Slack token', severity: 'high', owasp: 'MCP01' },
  secret_stripe_key: { title: 'Stripe key', severity: 'high', owasp: 'MCP01' },
  shadowing: { title: 'Names a tool of another server', severity: 'high', owasp: 'MCP03' },
  side_channel_parameter: {
    title: 'Free-text parameter beside other findings',
    severity: 'medium',
    owasp: 'MCP03',
  },
  side_condition: { title: 'Acts on a condition outside its purpose', severity: 'medium', owasp: 'MCP06' },
  similar_tool: { title: 'Name is one letter from one of another server', severity: 'low', owasp: 'MCP03' },
  template_open: { title: 'Template matches every URI', severity: 'high', owasp: 'MCP05' },
  template_unusable: {
    title: 'Template cannot be compared with URIs, so nothing can be read through it',
    severity: 'low',
    owasp: 'MCP05',
  },
  tool_interference: { title: 'Changes how another tool is used', severity: 'high', owasp: 'MCP03' },
  ui_unreadable: { title: 'App UI could not be read and is left out', severity: 'medium', owasp: null },
  unreadable_tool: { title: 'Entry of a list cannot be read', severity: 'high', owasp: 'MCP04' },
  untyped_parameter: { title: 'Parameter of any type', severity: 'low', owasp: 'MCP05' },
  variation_selectors: { title: 'Runs of variation selectors', severity: 'high', owasp: 'MCP03' },
  wide_schema: { title: 'Unusually many parameters', severity: 'low', owasp: 'MCP05' },
  zero_width: { title: 'Zero-width characters', severity: 'high', owasp: 'MCP03' },
};

/** What the later tiers find, by tier. */
export const modelRules = {
  model_attack: { tier: 'model', title: 'The model takes it for an attack', severity: 'high' },
  transformer_attack: {
    tier: 'transformer',
    title: 'The transformer takes it for an attack',
    severity: 'high',
  },
  external_attack: {
    tier: 'external',
    title: 'The external classifier takes it for an attack',
    severity: 'high',
  },
} as const;
