import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { ToastHost } from './toast.tsx';

/** What every screen needs around it: no inline styles (strict CSP), tooltip timing and the toast stack. */
export function UiProviders({
  children,
  dismissLabel,
}: {
  readonly children: ReactNode;
  readonly dismissLabel: string;
}) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={350} closeDelay={0}>
        <ToastHost dismissLabel={dismissLabel}>{children}</ToastHost>
      </Tooltip.Provider>
    </CSPProvider>
  );
}
