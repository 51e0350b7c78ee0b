import type { Finding } from '@sallyport/detection';
import { storable } from './make-finding.ts';
import type { Observation, VettingInput } from './observation.ts';
import type { VetCheck, VetFact, VettedTool } from './report.ts';

/** Checks that pass when none of their codes was found. */
const checksByCode: readonly { readonly name: string; readonly codes: readonly string[] }[] = [
  {
    name: 'No hidden or misleading characters',
    codes: [
      'hidden_tags',
      'zero_width',
      'bidi_control',
      'bidi_mark',
      'variation_selectors',
      'invisible_character',
      'ansi_escape',
      'ansi_conceal',
      'control_character',
      'confusable_text',
      'hidden_padding',
      'invalid_tool_name',
    ],
  },
  {
    name: 'No instructions to the model',
    codes: ['instruction_override', 'model_addressed', 'instruction_markup', 'prompt_leak', 'side_condition'],
  },
  { name: 'Nothing is to be concealed from people', codes: ['concealment', 'approval_bypass'] },
  {
    name: 'No bait for credentials or files',
    codes: [
      'secret_file',
      'secret_file_request',
      'credential_request',
      'exfiltration',
      'exfiltration_host',
      'image_exfiltration',
      'covert_parameter',
      'side_channel_parameter',
    ],
  },
  { name: 'No code to fetch or run', codes: ['remote_code'] },
  { name: 'No encoded text', codes: ['encoded_run', 'encoded_instruction'] },
  {
    name: 'Stays out of other tools',
    codes: ['shadowing', 'tool_interference', 'priority_claim', 'duplicate_tool'],
  },
  { name: 'No look-alike names', codes: ['lookalike_server', 'lookalike_tool', 'similar_tool', 'same_uri'] },
  { name: 'Schemas are within limits', codes: ['schema_refused', 'unreadable_tool'] },
  {
    name: 'App UI stays in its frame',
    codes: [
      'ui_csp_open',
      'ui_csp_wildcard',
      'ui_csp_plain',
      'ui_csp_odd',
      'ui_permission',
      'ui_odd',
      'ui_unreadable',
    ],
  },
  {
    name: 'Resources and icons are what they seem',
    codes: ['template_unusable', 'template_open', 'reserved_uri', 'icon_source'],
  },
  { name: 'Schemas say what they take', codes: ['broad_schema', 'untyped_parameter', 'wide_schema'] },
];

/** The named checks of a report; what was found counts against them, whatever its severity. */
export function listChecks(
  input: VettingInput,
  tools: readonly VettedTool[],
  findings: readonly Finding[],
  modelVersion: string | null,
): readonly VetCheck[] {
  const { observation, neighbours } = input;
  const byCode = checksByCode.map(({ name, codes }): VetCheck => {
    const found = findings.filter((finding) => codes.includes(finding.code));
    return { name, passed: found.length === 0, detail: detailOf(found, tools.length) };
  });
  const secrets = findings.filter((finding) => finding.code.startsWith('secret_') && !isFile(finding.code));
  return [
    completeCheck(observation),
    ...byCode,
    ...modelCheck(tools, modelVersion),
    {
      name: 'No secrets in definitions',
      passed: secrets.length === 0,
      detail: detailOf(secrets, tools.length),
    },
    {
      name: 'Compared with the other servers of this tenant',
      passed: true,
      detail: `${neighbours.length} servers, ${neighbours.reduce((sum, other) => sum + other.toolNames.length, 0)} tools`,
    },
    transportCheck(observation),
    sandboxCheck(observation),
  ];
}

/** Only where there is a model: a check that did not run has not passed. */
function modelCheck(tools: readonly VettedTool[], modelVersion: string | null): readonly VetCheck[] {
  if (modelVersion === null) return [];
  const flagged = tools.filter((tool) => tool.flagged);
  const highest = tools.reduce((most, tool) => Math.max(most, tool.score ?? 0), 0);
  return [
    {
      name: 'The detector takes nothing for an attack',
      passed: flagged.length === 0,
      detail: `${flagged.length} flagged, highest score ${highest.toFixed(2)}`,
    },
  ];
}

function isFile(code: string): boolean {
  return code === 'secret_file' || code === 'secret_file_request';
}

function detailOf(found: readonly Finding[], toolCount: number): string {
  if (found.length === 0) return `${toolCount} definitions looked at`;
  return `${found.length} ${found.length === 1 ? 'finding' : 'findings'}`;
}

function completeCheck(observation: Observation): VetCheck {
  const { errors, tools, prompts, resources, resourceTemplates } = observation;
  const first = errors[0];
  const others = prompts.length + resources.length + resourceTemplates.length;
  const read = others === 0 ? `${tools.length} tools` : `${tools.length} tools, ${others} others`;
  return {
    name: 'Everything could be read',
    passed: errors.length === 0,
    detail: first ? storable(`${first.step}: ${first.message}`) : read,
  };
}

function transportCheck({ transport }: Observation): VetCheck {
  const name = 'Connection is encrypted';
  if (transport.scheme === 'https') return { name, passed: true, detail: 'TLS, certificate verified' };
  return {
    name,
    passed: transport.isListedOrigin,
    detail: transport.isListedOrigin ? 'plain http, on the operator’s list of private origins' : 'plain http',
  };
}

function sandboxCheck({ sandbox }: Observation): VetCheck {
  const isCut = sandbox.network === 'cut';
  const where = sandbox.kind === 'bubblewrap' ? 'bubblewrap' : 'Node permission model';
  return {
    name: 'Read in a sandbox without network',
    passed: isCut,
    detail: isCut ? `${where}, network cut` : `${where}, network not cut`,
  };
}

/** Plain facts for the reader; nothing here is judged. */
export function listFacts({ observation }: VettingInput): readonly VetFact[] {
  const { auth, serverInfo } = observation;
  const status = auth.statusWithoutCredential;
  const facts: VetFact[] = [
    { name: 'Server', value: describeServer(serverInfo) },
    { name: 'Protocol', value: observation.protocolVersion ?? 'unknown' },
    { name: 'Era', value: observation.era ?? 'unknown' },
    {
      name: 'Capabilities',
      value: Object.keys(observation.capabilities).sort().join(', ').slice(0, 500) || 'none',
    },
    { name: 'Tools', value: String(observation.tools.length) },
    { name: 'Prompts', value: String(observation.prompts.length) },
    { name: 'Resources', value: String(observation.resources.length) },
    { name: 'Templates', value: String(observation.resourceTemplates.length) },
    { name: 'App UI', value: String(observation.apps.length) },
    { name: 'Size of all lists', value: `${observation.listBytes} bytes` },
    { name: 'Credential', value: auth.credential },
    { name: 'Without credential', value: status === null ? 'not asked' : `HTTP ${status}` },
    ...observation.timings.map(({ step, ms }) => ({ name: `Time: ${step}`, value: `${Math.round(ms)} ms` })),
  ];
  return facts.map(({ name, value }) => ({ name: storable(name), value: storable(value) }));
}

function describeServer(serverInfo: unknown): string {
  if (typeof serverInfo !== 'object' || serverInfo === null) return 'unknown';
  const { name, version } = serverInfo as { name?: unknown; version?: unknown };
  return (
    [name, version]
      .filter((part) => typeof part === 'string')
      .join(' ')
      .slice(0, 200) || 'unknown'
  );
}
