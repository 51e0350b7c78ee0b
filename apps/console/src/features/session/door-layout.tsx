import { Mark } from '@sallyport/ui/mark';
import type { ReactNode } from 'react';

/** The quiet page in front of the gate. */
export function DoorLayout({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg px-4 py-10">
      <div className="w-full max-w-md">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-8 text-accent" />
          <span className="font-semibold text-lg tracking-[-0.01em]">Sallyport</span>
        </div>
        <div className="rounded-lg border bg-surface p-6">
          <h1 className="mb-2 font-semibold text-xl tracking-[-0.012em]">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
