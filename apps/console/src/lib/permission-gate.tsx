import type { Permission } from '@sallyport/kernel';
import { Tooltip } from '@sallyport/ui/tooltip';
import { cloneElement, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from './viewer.ts';

/** Whether the viewer holds a permission; the server checks again, always. */
export function usePermission(permission: Permission): boolean {
  return useViewer().permissions.includes(permission);
}

export interface PermissionGateProps {
  readonly need: Permission;
  readonly children: ReactElement<{ disabled?: boolean | undefined }>;
}

/** Leaves a locked action visible, disabled, with the reason and who can grant it. */
export function PermissionGate({ need, children }: PermissionGateProps) {
  const { t } = useTranslation();
  if (usePermission(need)) return children;
  return (
    <Tooltip content={t('locked', { permission: need })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a disabled button takes no focus, so its reason needs a place that does */}
      <span tabIndex={0} className="inline-flex">
        {cloneElement(children, { disabled: true })}
      </span>
    </Tooltip>
  );
}
