import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

export interface ConfirmDangerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** The consequence in numbers and names, not "are you sure". */
  readonly consequence: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly closeLabel: string;
  readonly isPending?: boolean | undefined;
  /** Asks for a reason, which is handed to onConfirm. */
  readonly reason?: { readonly label: string; readonly hint?: string | undefined } | undefined;
  /** Only for deletion: this word must be typed. */
  readonly typeToConfirm?: { readonly word: string; readonly label: string } | undefined;
  readonly error?: ReactNode;
  readonly onConfirm: (reason: string) => void;
}

export function ConfirmDanger(props: ConfirmDangerProps) {
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const isReady =
    (props.reason === undefined || reason.trim() !== '') &&
    (props.typeToConfirm === undefined || typed === props.typeToConfirm.word);
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      closeLabel={props.closeLabel}
      size="sm"
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{props.cancelLabel}</Button>
          <Button
            variant="danger"
            disabled={!isReady}
            isPending={props.isPending}
            onClick={() => props.onConfirm(reason.trim())}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="text-sm">{props.consequence}</div>
        {props.reason ? (
          <Field label={props.reason.label} hint={props.reason.hint}>
            <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </Field>
        ) : null}
        {props.typeToConfirm ? (
          <Field label={props.typeToConfirm.label}>
            <Input value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
          </Field>
        ) : null}
        {props.error ? (
          <p role="alert" className="text-block text-sm">
            {props.error}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
