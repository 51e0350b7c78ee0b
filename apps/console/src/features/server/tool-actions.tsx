import { useTranslation } from 'react-i18next';
import type { SensitiveClass } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import { ActionChoice } from '../../parts/detection-words.tsx';
import type { ToolPartProps } from './use-tool-detection.ts';

const classes = [
  'SECRET',
  'FINANCIAL',
  'IDENTITY',
  'CONTACT',
  'HEALTH',
  'NETWORK',
] as const satisfies readonly SensitiveClass[];

/** What happens to sensitive data on its way to and from this tool, by class. */
export function ToolActions({ own, tenant, onSave }: ToolPartProps) {
  const { t } = useTranslation(['server', 'parts']);
  const canWrite = usePermission('settings.write');
  const choice = (name: SensitiveClass, side: 'outbound' | 'inbound') => {
    const usual = tenant.settings[side].byClass.find((each) => each.class === name)?.action ?? 'ALLOW';
    return (
      <ActionChoice
        label={t(`server:detection.${side}Of`, { name: t(`parts:detection.class.${name}`) })}
        value={own[side].byClass.find((each) => each.class === name)?.action ?? null}
        inherited={{ label: t('server:detection.tenant', { word: t(`parts:detection.action.${usual}`) }) }}
        disabled={!canWrite}
        onChange={(action) => onSave({ [side]: { byClass: [{ class: name, action }] } })}
      />
    );
  };
  return (
    <section>
      <h3 className="mb-1 font-semibold text-sm">{t('server:detection.data')}</h3>
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="text-faint text-xs">
            <td className="w-20 sm:w-28" />
            <th className="py-1 pe-2 text-start font-normal">{t('server:detection.outbound')}</th>
            <th className="py-1 text-start font-normal">{t('server:detection.inbound')}</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((name) => (
            <tr key={name}>
              <th scope="row" className="py-1 pe-2 text-start font-normal">
                {t(`parts:detection.class.${name}`)}
              </th>
              <td className="py-1 pe-2">{choice(name, 'outbound')}</td>
              <td className="py-1">{choice(name, 'inbound')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
