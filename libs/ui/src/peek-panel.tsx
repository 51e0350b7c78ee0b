import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

export interface PeekPanelProps {
  readonly title: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly previousLabel?: string | undefined;
  readonly nextLabel?: string | undefined;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  readonly actions?: ReactNode;
}

/** A reading pane beside a list: the list stays usable; on a small screen it covers the page. */
export function PeekPanel(props: PeekPanelProps) {
  const {
    title,
    label,
    children,
    closeLabel,
    onClose,
    previousLabel,
    nextLabel,
    onPrevious,
    onNext,
    actions,
  } = props;
  const panel = useRef<HTMLElement>(null);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <aside
      ref={panel}
      aria-label={label}
      className="flex min-h-0 flex-col overflow-hidden border-line bg-surface max-lg:fixed max-lg:inset-0 max-lg:z-30 lg:w-[min(32rem,42vw)] lg:shrink-0 lg:rounded-lg lg:border"
    >
      <header className="flex min-h-12 items-center gap-1 border-b px-4 py-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-md">{title}</h2>
        {actions}
        {onPrevious && previousLabel ? (
          <IconButton label={previousLabel} keys="k" icon={<ChevronUp />} onClick={onPrevious} />
        ) : null}
        {onNext && nextLabel ? (
          <IconButton label={nextLabel} keys="j" icon={<ChevronDown />} onClick={onNext} />
        ) : null}
        <IconButton label={closeLabel} keys="Esc" icon={<X />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}
