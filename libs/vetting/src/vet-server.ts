import { type Finding, ruleVersion, scanJson, severityRank } from '@sallyport/detection';
import type { Sha256Hex } from '@sallyport/kernel';
import { capabilityKinds } from '@sallyport/mcp';
import { checkIcons } from './check-icons.ts';
import { listChecks, listFacts } from './checks.ts';
import { compareServerNames, findLookalikesWithin } from './compare-names.ts';
import { declaredCapabilities } from './declared-capabilities.ts';
import { gradeOf } from './grade.ts';
import { ruleDetector, type VetDetector } from './judge-definition.ts';
import { makeFinding, storable, storableFinding, type VetRule } from './make-finding.ts';
import type { Observation, VettingInput } from './observation.ts';
import { type VettingReport, vettingVersion } from './report.ts';
import { vetCapabilities } from './vet-capabilities.ts';

const notRead: VetRule = {
  code: 'scan_failed',
  title: 'Something could not be read',
  severity: 'high',
  owasp: null,
};
const openServer: VetRule = {
  code: 'credential_not_needed',
  title: 'Answers without the credential that is stored for it',
  severity: 'low',
  owasp: 'MCP07',
};

/**
 * Judges what was observed of a server. Pure: the same input gives the same report, byte for byte. What could not be
 * looked at is a finding, so that an error never reads as "clean".
 */
export function vetServer(
  input: VettingInput,
  sha256Hex: Sha256Hex,
  detector: VetDetector = ruleDetector,
): VettingReport {
  const { observation, server, neighbours } = input;
  const { modelVersion } = detector;
  const { tools, listFindings } = vetCapabilities(input, sha256Hex, detector);
  const serverFindings = [
    ...observation.errors.map(errorFinding),
    ...listFindings,
    ...capabilityKinds.flatMap((kind) =>
      findLookalikesWithin(tools.filter((tool) => tool.kind === kind).map((tool) => tool.name)).map(
        storableFinding,
      ),
    ),
    ...compareServerNames(server, serverNameOf(observation), neighbours).map(storableFinding),
    ...scanJson(observation.serverInfo ?? {}, 'server_identity', { path: '/serverInfo' }).map(
      storableFinding,
    ),
    ...checkIcons(observation.serverInfo, 'server_identity', '/serverInfo').map(storableFinding),
    ...authFindings(observation),
  ];
  const all: readonly Finding[] = [...serverFindings, ...tools.flatMap((tool) => tool.findings)];
  const isComplete = observation.errors.length === 0 && !all.some(isGap);
  const { grade, reasons } = gradeOf(all, {
    isEmpty: tools.length === 0,
    isComplete,
    flagged: tools.filter((tool) => tool.flagged).length,
  });
  return {
    format: 2,
    server: { slug: server.slug, name: storable(server.name), url: storable(server.url) },
    outcome: isComplete ? 'complete' : 'incomplete',
    grade,
    gradeReasons: reasons,
    checks: listChecks(input, tools, all, modelVersion),
    tools,
    capabilities: declaredCapabilities(observation.capabilities),
    serverFindings: [...serverFindings].sort((a, b) => severityRank(b.severity) - severityRank(a.severity)),
    facts: listFacts(input),
    scannerVersions: [
      `detection ${ruleVersion}`,
      ...(modelVersion === null ? [] : [`model ${modelVersion}`]),
      `vetting ${vettingVersion}`,
    ],
  };
}

function isGap(finding: Finding): boolean {
  return finding.code === 'scan_failed' || finding.code === 'scan_truncated';
}

function errorFinding(error: Observation['errors'][number]): Finding {
  const evidence = `${error.step}: ${error.message} (${error.code})`;
  return storableFinding(makeFinding(notRead, { surface: 'server_identity', path: '', evidence }));
}

function authFindings({ auth }: Observation): readonly Finding[] {
  const status = auth.statusWithoutCredential;
  if (auth.credential === 'none' || status === null || status >= 300) return [];
  const evidence = `HTTP ${status} without the ${auth.credential} credential`;
  return [makeFinding(openServer, { surface: 'server_identity', path: '', evidence })];
}

function serverNameOf({ serverInfo }: Observation): string | undefined {
  if (typeof serverInfo !== 'object' || serverInfo === null || !('name' in serverInfo)) return undefined;
  return typeof serverInfo.name === 'string' ? serverInfo.name : undefined;
}
