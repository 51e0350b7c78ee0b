import { Toast as Base } from '@base-ui/react/toast';
import { AlertTriangle, CheckCircle2, Info, X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { cx } from './cx.ts';
import { onToast, type ToastOptions, takeToasts } from './toast-queue.ts';
import { toneText } from './tone.tsx';

type ToastTone = NonNullable<ToastOptions['tone']>;

const icons = { neutral: Info, allow: CheckCircle2, block: AlertTriangle } as const satisfies Record<
  ToastTone,
  typeof Info
>;
const shownMs = 5000;

function toTone(type: string | undefined): ToastTone {
  return type === 'allow' || type === 'block' ? type : 'neutral';
}

function ToastList({ dismissLabel }: { readonly dismissLabel: string }) {
  const { toasts, add } = Base.useToastManager();
  const show = useEffectEvent(() => {
    for (const { title, description, tone = 'neutral', action, timeoutMs } of takeToasts()) {
      add({
        title,
        description,
        type: tone,
        timeout: timeoutMs ?? (tone === 'block' ? 0 : shownMs),
        priority: tone === 'block' ? 'high' : 'low',
        ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: action.onClick } }),
      });
    }
  });
  useEffect(() => {
    show();
    return onToast(() => show());
  }, []);
  return toasts.map((item) => {
    const tone = toTone(item.type);
    const Icon = icons[tone];
    return (
      <Base.Root
        key={item.id}
        toast={item}
        className="pointer-events-auto w-full rounded-lg border border-line bg-raised shadow-float transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
      >
        <Base.Content className="flex items-start gap-2.5 p-3">
          <Icon className={cx('mt-0.5 size-4 shrink-0', toneText[tone])} aria-hidden="true" />
          <div className="min-w-0 flex-1">
            <Base.Title className="font-medium text-sm" />
            <Base.Description className="mt-0.5 text-muted text-sm" />
          </div>
          <Base.Action className="shrink-0 rounded-md px-2 py-0.5 font-medium text-accent text-sm hover:bg-hover" />
          <Base.Close
            aria-label={dismissLabel}
            className="-m-1 shrink-0 rounded-md p-1 text-faint hover:bg-hover hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    );
  });
}

/** The stack at the corner of the screen; loaded with the first toast. */
export function ToastStack({ dismissLabel }: { readonly dismissLabel: string }) {
  return (
    <Base.Provider limit={4}>
      <Base.Portal>
        <Base.Viewport className="pointer-events-none fixed end-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
          <ToastList dismissLabel={dismissLabel} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
