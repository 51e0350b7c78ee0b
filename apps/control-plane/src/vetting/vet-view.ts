import type { VetReport, VetStep } from '@sallyport/db';
import { toWireId } from '@sallyport/kernel';
import type { ToolKind } from '../servers/tool.model.ts';
import { readReport, toFindingModel } from './report-view.ts';
import type { RunRow } from './vet.read-model.ts';
import type { VetState, VetStepModel } from './vet-report.model.ts';

const upper = (state: RunRow['state']): VetState => state.toUpperCase() as VetState;

/** A vetting run for the API. */
export function toRunView(row: RunRow) {
  return {
    serverKey: row.serverId,
    reportKey: row.report?.id ?? null,
    id: toWireId('vetRun', row.id),
    kind: row.kind,
    state: upper(row.state),
    steps: row.steps.map(toStepModel),
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    error: row.error,
  };
}
export type RunView = ReturnType<typeof toRunView>;

function toStepModel(step: VetStep): VetStepModel {
  return {
    name: step.name,
    state: upper(step.state),
    startedAt: step.startedAt,
    endedAt: step.endedAt,
    detail: step.detail,
  };
}

/** A vetting report for the API. */
export function toReportView(row: VetReport) {
  const body = readReport(row.body);
  return {
    serverKey: row.serverId,
    id: toWireId('report', row.id),
    at: row.createdAt,
    grade: row.grade,
    gradeReasons: body.gradeReasons,
    digest: row.digest,
    checks: body.checks,
    tools: body.tools.map((tool) => ({
      ...tool,
      kind: tool.kind.toUpperCase() as ToolKind,
      findings: tool.findings.map(toFindingModel),
    })),
    serverFindings: body.serverFindings.map(toFindingModel),
    facts: body.facts,
    scannerVersions: body.scannerVersions,
  };
}
export type ReportViewModel = ReturnType<typeof toReportView>;
