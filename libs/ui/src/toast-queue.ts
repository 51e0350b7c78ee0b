export interface ToastOptions {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tone?: 'neutral' | 'allow' | 'block' | undefined;
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
  readonly timeoutMs?: number | undefined;
}

const waiting: ToastOptions[] = [];
const listeners = new Set<() => void>();

/** Puts a toast into the queue; it waits there until the stack is on the screen. */
export function pushToast(options: ToastOptions): void {
  waiting.push(options);
  for (const listener of listeners) listener();
}

/** Takes everything that waits. */
export function takeToasts(): readonly ToastOptions[] {
  return waiting.splice(0);
}

export function hasToasts(): boolean {
  return waiting.length > 0;
}

/** Hears of new toasts. */
export function onToast(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
