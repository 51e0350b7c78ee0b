import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: ReactNode;
      readonly icon?: ReactNode;
      readonly onSelect: () => void;
      readonly isSelected?: boolean | undefined;
      readonly isDanger?: boolean | undefined;
      readonly disabled?: boolean | undefined;
      readonly hint?: ReactNode;
    }
  | { readonly kind: 'label'; readonly id: string; readonly label: ReactNode }
  | { readonly kind: 'separator'; readonly id: string };

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end' | undefined;
}

const Mount = lazy(async () => ({ default: (await import('./menu-mount.tsx')).MenuMount }));

/** A button with a list of actions; the button is there at once, the list a moment later. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <Mount {...props} />
    </Suspense>
  );
}
