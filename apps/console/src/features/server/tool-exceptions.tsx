import { IconButton } from '@sallyport/ui/icon-button';
import { Select } from '@sallyport/ui/select';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../lib/permission-gate.tsx';
import { ActionChoice, ModeChoice } from '../../parts/detection-words.tsx';
import type { ToolPartProps } from './use-tool-detection.ts';

type Side = 'outbound' | 'inbound';

const sides = ['outbound', 'inbound'] as const satisfies readonly Side[];

/** Single rules and types that do something else on this tool. */
export function ToolExceptions({ own, tenant, onSave }: ToolPartProps) {
  const { t } = useTranslation('server');
  const canWrite = usePermission('settings.write');
  const codes = new Set(own.modes.byCode.map(({ code }) => code));
  const isEmpty = codes.size + own.outbound.byType.length + own.inbound.byType.length === 0;
  const titleOf = (code: string) => tenant.rules.find((rule) => rule.code === code)?.title ?? code;
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t('detection.exceptions')}</h3>
      {isEmpty ? <p className="mb-2 text-muted text-sm">{t('detection.noExceptions')}</p> : null}
      <ul className="mb-2 flex flex-col gap-1.5">
        {own.modes.byCode.map(({ code, mode }) => (
          <Row
            key={code}
            name={<UntrustedText text={titleOf(code)} />}
            label={code}
            onRemove={() => onSave({ byCode: [{ code, mode: null }] })}
          >
            <ModeChoice
              label={t('detection.ruleMode', { code })}
              value={mode}
              disabled={!canWrite}
              onChange={(next) => onSave({ byCode: [{ code, mode: next }] })}
            />
          </Row>
        ))}
        {sides.flatMap((side) =>
          own[side].byType.map(({ type, action }) => (
            <Row
              key={`${side} ${type}`}
              name={t(`detection.${side}Of`, { name: type })}
              label={type}
              onRemove={() => onSave({ [side]: { byType: [{ type, action: null }] } })}
            >
              <ActionChoice
                label={t(`detection.${side}Of`, { name: type })}
                value={action}
                disabled={!canWrite}
                onChange={(next) => onSave({ [side]: { byType: [{ type, action: next }] } })}
              />
            </Row>
          )),
        )}
      </ul>
      {canWrite ? <Add own={own} tenant={tenant} onSave={onSave} /> : null}
    </section>
  );
}

interface RowProps {
  readonly name: ReactNode;
  readonly label: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Row({ name, label, onRemove, children }: RowProps) {
  const { t } = useTranslation('server');
  const canWrite = usePermission('settings.write');
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_9rem_auto] items-center gap-2 text-sm">
      <span className="min-w-0">
        <span className="block truncate">{name}</span>
      </span>
      {children}
      <IconButton
        label={t('detection.remove', { name: label })}
        icon={<X />}
        disabled={!canWrite}
        onClick={onRemove}
      />
    </li>
  );
}

function Add({ own, tenant, onSave }: ToolPartProps) {
  const { t } = useTranslation('server');
  const codes = new Set(own.modes.byCode.map(({ code }) => code));
  const types = (side: Side) => {
    const taken = new Set(own[side].byType.map(({ type }) => type));
    return tenant.sensitiveTypes.filter(({ type }) => !taken.has(type));
  };
  return (
    <div className="grid gap-2 sm:grid-cols-3">
      <Select
        aria-label={t('detection.addRule')}
        placeholder={t('detection.addRule')}
        value={null}
        options={tenant.rules
          .filter(({ code }) => !codes.has(code))
          .map(({ code, title }) => ({ value: code, label: title }))}
        onChange={(code) => {
          const mode = tenant.rules.find((rule) => rule.code === code)?.mode;
          if (mode) onSave({ byCode: [{ code, mode }] });
        }}
      />
      {sides.map((side) => (
        <Select
          key={side}
          aria-label={`${t('detection.addType')}: ${t(`detection.${side}`)}`}
          placeholder={`${t('detection.addType')}: ${t(`detection.${side}`)}`}
          value={null}
          options={types(side).map(({ type }) => ({ value: type, label: type }))}
          onChange={(type) => {
            const row = tenant.sensitiveTypes.find((each) => each.type === type);
            if (row) onSave({ [side]: { byType: [{ type, action: row[side] }] } });
          }}
        />
      ))}
    </div>
  );
}
