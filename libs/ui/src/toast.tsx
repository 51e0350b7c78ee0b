import { lazy, Suspense, useEffect, useState } from 'react';
import { hasToasts, onToast, pushToast, type ToastOptions } from './toast-queue.ts';

const Stack = lazy(async () => ({ default: (await import('./toast-stack.tsx')).ToastStack }));

/** Shows a toast from anywhere; faults stay until dismissed. */
export function toast(options: ToastOptions): void {
  pushToast(options);
}

/** The place of the toasts; nothing is loaded before the first one. */
export function ToastHost({ dismissLabel }: { readonly dismissLabel: string }) {
  const [isWanted, setWanted] = useState(hasToasts);
  useEffect(() => onToast(() => setWanted(true)), []);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Stack dismissLabel={dismissLabel} />
    </Suspense>
  );
}
