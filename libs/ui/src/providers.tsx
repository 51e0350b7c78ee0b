import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { ToastHost } from './toast.tsx';

/** What every screen needs around it: no inline style elements (strict CSP) and the place of the toasts. */
export function UiProviders({
  children,
  dismissLabel,
}: {
  readonly children: ReactNode;
  readonly dismissLabel: string;
}) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <ToastHost dismissLabel={dismissLabel} />
    </CSPProvider>
  );
}
