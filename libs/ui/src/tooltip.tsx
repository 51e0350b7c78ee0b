import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';

interface TriggerProps {
  readonly onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  readonly onFocus?: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur?: (event: FocusEvent<HTMLElement>) => void;
  readonly 'aria-describedby'?: string | undefined;
}

const delayMs = 350;
const gap = 6;
const margin = 4;

function Popup({
  id,
  anchor,
  children,
}: {
  readonly id: string;
  readonly anchor: HTMLElement;
  readonly children: ReactNode;
}) {
  const popup = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    const box = popup.current?.getBoundingClientRect();
    if (box === undefined) return;
    const at = anchor.getBoundingClientRect();
    const left = Math.min(at.left + at.width / 2 - box.width / 2, window.innerWidth - box.width - margin);
    const isBelow = at.bottom + gap + box.height < window.innerHeight;
    setPlace({ left: Math.max(margin, left), top: isBelow ? at.bottom + gap : at.top - gap - box.height });
  }, [anchor]);
  return createPortal(
    <div
      ref={popup}
      id={id}
      role="tooltip"
      className="pointer-events-none fixed z-50 w-max max-w-72 whitespace-pre-wrap rounded-md bg-ink px-2 py-1 text-bg text-xs"
      style={place ?? { left: 0, top: 0, visibility: 'hidden' }}
    >
      {children}
    </div>,
    document.body,
  );
}

/** A short supplement on hover and focus; nothing that must be read may live only here. */
export function Tooltip({
  content,
  children,
}: {
  readonly content: ReactNode;
  readonly children: ReactElement<TriggerProps>;
}) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isOpen = anchor !== null;

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const hide = () => setAnchor(null);
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('scroll', hide, { capture: true, passive: true });
    window.addEventListener('pointerdown', hide);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('scroll', hide, { capture: true });
      window.removeEventListener('pointerdown', hide);
    };
  }, [isOpen]);

  function show(element: HTMLElement, afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(element), afterMs);
  }
  function hide() {
    clearTimeout(timer.current);
    setAnchor(null);
  }

  const props = children.props;
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': isOpen ? id : props['aria-describedby'],
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          if (event.pointerType !== 'touch') show(event.currentTarget, delayMs);
        },
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event);
          hide();
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0);
        },
        onBlur: (event) => {
          props.onBlur?.(event);
          hide();
        },
      })}
      {anchor === null ? null : (
        <Popup id={id} anchor={anchor}>
          {content}
        </Popup>
      )}
    </>
  );
}
