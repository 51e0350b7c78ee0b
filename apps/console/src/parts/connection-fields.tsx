import './texts.ts';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Select } from '@sallyport/ui/select';
import { useTranslation } from 'react-i18next';
import type { ConnectionInput, ConnectionKind } from '../generated/graphql.ts';

export interface ConnectionDraft {
  readonly kind: ConnectionKind;
  readonly headerName: string;
  readonly secret: string;
}

export const noConnection: ConnectionDraft = { kind: 'NONE', headerName: '', secret: '' };

const kinds: readonly ConnectionKind[] = ['NONE', 'BEARER', 'HEADER', 'QUERY'];

/** What the API takes for a draft; an empty secret means "keep the stored one". */
export function toConnectionInput(draft: ConnectionDraft): ConnectionInput {
  const isNamed = draft.kind === 'HEADER' || draft.kind === 'QUERY';
  return {
    kind: draft.kind,
    ...(isNamed ? { headerName: draft.headerName.trim() } : {}),
    ...(draft.kind !== 'NONE' && draft.secret !== '' ? { secret: draft.secret } : {}),
  };
}

export interface ConnectionFieldsProps {
  readonly value: ConnectionDraft;
  readonly onChange: (value: ConnectionDraft) => void;
  readonly hasSecret?: boolean | undefined;
  /** The field the server refused, with its reason. */
  readonly fault?: { readonly field: string; readonly reason: string } | null | undefined;
}

/** How a server authenticates us; the secret goes in and never comes back. */
export function ConnectionFields({ value, onChange, hasSecret = false, fault }: ConnectionFieldsProps) {
  const { t } = useTranslation('parts');
  const faultOf = (field: string) => (fault?.field === field ? fault.reason : undefined);
  const isNamed = value.kind === 'HEADER' || value.kind === 'QUERY';
  return (
    <>
      <Field label={t('connection.label')}>
        <Select
          value={value.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`connection.kind.${kind}`) }))}
          onChange={(kind) => onChange({ ...value, kind })}
        />
      </Field>
      {isNamed ? (
        <Field
          label={value.kind === 'HEADER' ? t('connection.headerName') : t('connection.queryName')}
          error={faultOf('headerName')}
        >
          <Input
            value={value.headerName}
            placeholder={value.kind === 'HEADER' ? 'X-Api-Key' : 'api_key'}
            spellCheck={false}
            maxLength={64}
            className="font-mono"
            onChange={(event) => onChange({ ...value, headerName: event.target.value })}
          />
        </Field>
      ) : null}
      {value.kind === 'NONE' ? null : (
        <Field
          label={t('connection.secret')}
          hint={hasSecret ? t('connection.keepHint') : t('connection.secretHint')}
          error={faultOf('secret')}
        >
          <Input
            type="password"
            value={value.secret}
            autoComplete="off"
            maxLength={4096}
            className="font-mono"
            onChange={(event) => onChange({ ...value, secret: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
