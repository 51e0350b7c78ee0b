import { Checkbox } from '@sallyport/ui/checkbox';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../generated/graphql.ts';

const roles = ['OWNER', 'ADMIN', 'REVIEWER', 'DEVELOPER', 'VIEWER'] as const satisfies readonly Role[];

export interface RoleChoiceProps {
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
}

/** The roles with what each lets a person do. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { t } = useTranslation(['members', 'common']);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t('roles')}</legend>
      {roles.map((role) => (
        <Checkbox
          key={role}
          checked={value.includes(role)}
          label={t(`common:role.${role}`)}
          hint={t(`roleHint.${role}`)}
          onChange={(isOn) =>
            onChange(roles.filter((other) => (other === role ? isOn : value.includes(other))))
          }
        />
      ))}
    </fieldset>
  );
}
