import { lazy, Suspense, useEffect, useState } from 'react';

export interface ToastOptions {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tone?: 'neutral' | 'allow' | 'block' | undefined;
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
  readonly timeoutMs?: number | undefined;
}

const load = () => import('./toast-stack.tsx');
const Stack = lazy(async () => ({ default: (await load()).ToastStack }));
const waiting: ToastOptions[] = [];
let wake: (() => void) | undefined;

/** Shows a toast from anywhere; faults stay until dismissed. */
export function toast(options: ToastOptions): void {
  waiting.push(options);
  wake?.();
}

/** The place of the toasts; nothing is loaded before the first one. */
export function ToastHost({ dismissLabel }: { readonly dismissLabel: string }) {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    async function show() {
      setWanted(true);
      const { addToast } = await load();
      // The stack subscribes when it is mounted; a frame later it is.
      requestAnimationFrame(() => {
        for (const options of waiting.splice(0)) addToast(options);
      });
    }
    wake = () => void show();
    if (waiting.length > 0) wake();
    return () => {
      wake = undefined;
    };
  }, []);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Stack dismissLabel={dismissLabel} />
    </Suspense>
  );
}
