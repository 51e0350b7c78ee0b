import { useTranslation } from 'react-i18next';
import type { FindingSeverity } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { SeverityBadge } from '../../parts/badges.tsx';
import { ModeChoice } from '../../parts/detection-words.tsx';
import type { ToolPartProps } from './use-tool-detection.ts';

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly FindingSeverity[];

/** What a finding does on this tool, by severity. */
export function ToolModes({ own, tenant, onSave }: ToolPartProps) {
  const { t } = useTranslation(['server', 'parts']);
  const canWrite = usePermission('settings.write');
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t('server:detection.modes')}</h3>
      <ul className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {severities.map((severity) => {
          const usual = tenant.settings.modes.bySeverity.find((each) => each.severity === severity)?.mode;
          return (
            <li key={severity} className="grid grid-cols-[6rem_minmax(0,1fr)] items-center gap-2">
              <span>
                <SeverityBadge severity={severity} />
              </span>
              <ModeChoice
                label={t('server:detection.modeOf', { severity: t(`parts:detection.severity.${severity}`) })}
                value={own.modes.bySeverity.find((each) => each.severity === severity)?.mode ?? null}
                inherited={{
                  label: t('server:detection.tenant', {
                    word: t(`parts:detection.mode.${usual ?? 'MONITOR'}`),
                  }),
                }}
                disabled={!canWrite}
                onChange={(mode) => onSave({ bySeverity: [{ severity, mode }] })}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
