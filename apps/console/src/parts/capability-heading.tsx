import './texts.ts';
import { useTranslation } from 'react-i18next';
import type { CapabilityGroup } from './capability-groups.ts';

export interface CapabilityHeadingProps {
  readonly group: CapabilityGroup;
  readonly count: number;
}

/** Heads the capabilities of one kind and says how many there are. */
export function CapabilityHeading({ group, count }: CapabilityHeadingProps) {
  const { t } = useTranslation();
  return (
    <h3 className="flex items-baseline gap-2 font-semibold text-muted text-xs uppercase tracking-wide">
      {t(`capabilityGroup.${group}`)}
      <span className="font-normal text-faint tabular-nums">{count}</span>
    </h3>
  );
}
