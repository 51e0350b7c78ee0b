import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** What the dialog says before something is made … */
interface Asking {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly submitLabel: string;
  readonly cancelLabel: string;
  readonly isPending: boolean;
  readonly isDisabled?: boolean | undefined;
  /** The form that the button sends … */
  readonly formId?: string | undefined;
  /** … or what it does itself. */
  readonly onSubmit?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** … and after: its secret can be read now and never again, so only its button or the cross closes it. */
interface Made {
  readonly title: ReactNode;
  readonly doneLabel: string;
  readonly size?: 'md' | 'lg' | undefined;
  readonly children: ReactNode;
}

export interface MakeOnceDialogProps {
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly asking: Asking;
  readonly made: Made | null;
}

/** Makes something whose secret is shown in this dialog and nowhere else. */
export function MakeOnceDialog({ closeLabel, onClose, asking, made }: MakeOnceDialogProps) {
  return (
    <Dialog
      open
      isSticky={made !== null}
      size={made === null ? 'sm' : (made.size ?? 'md')}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={made === null ? asking.title : made.title}
      description={made === null ? asking.description : undefined}
      closeLabel={closeLabel}
      footer={
        made === null ? (
          <>
            <Button onClick={onClose}>{asking.cancelLabel}</Button>
            <Button
              variant="primary"
              type={asking.formId === undefined ? 'button' : 'submit'}
              form={asking.formId}
              isPending={asking.isPending}
              disabled={asking.isDisabled}
              onClick={asking.onSubmit}
            >
              {asking.submitLabel}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            {made.doneLabel}
          </Button>
        )
      }
    >
      {made === null ? asking.children : made.children}
    </Dialog>
  );
}
