import { Button } from '@sallyport/ui/button';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Select } from '@sallyport/ui/select';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArgumentRole } from '../../generated/graphql.ts';
import { usePermission } from '../../lib/permission-gate.tsx';
import type { ToolDetectionView, ToolPartProps } from './use-tool-detection.ts';

const roles = [
  'SHELL',
  'SQL',
  'NOSQL',
  'PATH',
  'URL',
  'TEMPLATE',
  'XML',
  'LDAP',
  'CODE',
  'REGEX',
  'EMAIL',
  'IDENTIFIER',
  'FREE_TEXT',
] as const satisfies readonly ArgumentRole[];

const asSchema = 'SCHEMA';

interface RoleRow {
  readonly pointer: string;
  /** Set by an admin. */
  readonly own: ArgumentRole | null;
  readonly guessed: ArgumentRole | null;
}

/** Every argument that takes text, with the role it was given or the one its schema says. */
export function roleRows({ roles: own, guessedRoles }: ToolDetectionView): readonly RoleRow[] {
  const rows = [
    ...own.map(({ pointer, role }) => ({ pointer, own: role, guessed: null })),
    ...guessedRoles
      .filter(({ pointer }) => !own.some((each) => each.pointer === pointer))
      .map(({ pointer, role }) => ({ pointer, own: null, guessed: role })),
  ];
  return rows.sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

/** What each argument is for, and words for what the tool does. */
export function ToolRoles({ own, onSave }: ToolPartProps) {
  const { t } = useTranslation(['server', 'parts']);
  const canWrite = usePermission('settings.write');
  const rows = roleRows(own);
  const set = (pointer: string, role: ArgumentRole | null) => {
    const others = own.roles
      .filter((each) => each.pointer !== pointer)
      .map((each) => ({ pointer: each.pointer, role: each.role }));
    onSave({ roles: role === null ? others : [...others, { pointer, role }] });
  };
  return (
    <section className="flex flex-col gap-4">
      <div>
        <h3 className="font-semibold text-sm">{t('server:detection.roles')}</h3>
        <p className="mb-2 text-faint text-xs">{t('server:detection.rolesLead')}</p>
        {rows.length === 0 ? (
          <p className="text-muted text-sm">{t('server:detection.noRoles')}</p>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {rows.map((row) => (
              <li
                key={row.pointer}
                className="grid items-center gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1fr)_17rem]"
              >
                <span className="min-w-0 truncate text-xs">
                  <UntrustedText text={row.pointer} isMono />
                </span>
                <Select<string>
                  aria-label={t('server:detection.roleOf', { pointer: row.pointer })}
                  disabled={!canWrite}
                  value={row.own ?? asSchema}
                  options={[
                    {
                      value: asSchema,
                      label:
                        row.guessed === null
                          ? t('server:detection.asSchema')
                          : t('server:detection.guessed', {
                              role: t(`parts:detection.role.${row.guessed}`),
                            }),
                    },
                    ...roles.map((value) => ({ value, label: t(`parts:detection.role.${value}`) })),
                  ]}
                  onChange={(next) => set(row.pointer, next === asSchema ? null : (next as ArgumentRole))}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Tags key={own.tags.join(',')} tags={own.tags} onSave={(tags) => onSave({ tags })} />
    </section>
  );
}

function Tags({
  tags,
  onSave,
}: {
  readonly tags: readonly string[];
  readonly onSave: (tags: string[]) => void;
}) {
  const { t } = useTranslation('server');
  const canWrite = usePermission('settings.write');
  const [text, setText] = useState(tags.join(', '));
  const wanted = text
    .split(/[\s,]+/)
    .map((tag) => tag.trim().toLowerCase())
    .filter(Boolean);
  const isSame = [...wanted].sort().join(',') === [...tags].sort().join(',');
  return (
    <form
      className="flex flex-col items-start gap-2 sm:flex-row sm:items-end"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(wanted);
      }}
    >
      <Field label={t('detection.tags')} hint={t('detection.tagsHint')} className="w-full flex-1">
        <Input
          value={text}
          disabled={!canWrite}
          className="font-mono"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button type="submit" disabled={!canWrite || isSame} className="sm:mb-5.5">
        {t('detection.saveTags')}
      </Button>
    </form>
  );
}
