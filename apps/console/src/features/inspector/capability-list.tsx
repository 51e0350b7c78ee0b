import { Button } from '@sallyport/ui/button';
import { cx } from '@sallyport/ui/cx';
import { Input } from '@sallyport/ui/input';
import { Segmented } from '@sallyport/ui/segmented';
import { SkeletonText } from '@sallyport/ui/skeleton';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import type { UseQueryResult } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../lib/api-error.ts';
import { QueryError } from '../../lib/data-states.tsx';
import { type Capability, type Kind, kinds } from './use-capabilities.ts';

export interface CapabilityListProps {
  readonly kind: Kind;
  readonly list: UseQueryResult<readonly Capability[], ApiError>;
  readonly openName: string | null;
  readonly onKind: (kind: Kind) => void;
  readonly onOpen: (name: string) => void;
}

const maxShown = 300;

/** What the agent sees, by kind; searched by name and description. */
export function CapabilityList({ kind, list, openName, onKind, onOpen }: CapabilityListProps) {
  const { t } = useTranslation('inspector');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = (list.data ?? []).filter(({ name, title, description }) =>
    `${name} ${title ?? ''} ${description ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <section aria-label={t('list.label')} className="flex min-w-0 flex-col rounded-lg border bg-surface">
      <div className="flex flex-col gap-2 border-b p-3">
        <Segmented
          label={t('list.kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={onKind}
          className="self-start"
        />
        <div className="flex gap-2">
          <Input
            type="search"
            value={search}
            aria-label={t('list.search')}
            placeholder={t('list.search')}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button
            aria-label={t('list.again')}
            onClick={() => void list.refetch()}
            isPending={list.isFetching && list.data !== undefined}
            icon={<RefreshCw className="size-3.5" aria-hidden="true" />}
          />
        </div>
      </div>
      <div className="max-h-64 overflow-y-auto lg:max-h-[32rem]">
        {list.error === null ? null : <QueryError error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending ? (
          <div className="p-3">
            <SkeletonText lines={6} label={t('list.loading')} />
          </div>
        ) : null}
        {list.data !== undefined && found.length === 0 ? (
          <p className="p-4 text-muted text-sm">
            {t(list.data.length === 0 ? 'list.empty' : 'list.noMatch')}
          </p>
        ) : null}
        <ul>
          {found.slice(0, maxShown).map((item) => (
            <Row key={item.name} item={item} isOpen={item.name === openName} onOpen={onOpen} />
          ))}
        </ul>
        {found.length > maxShown ? (
          <p className="p-3 text-faint text-xs">{t('list.more', { count: found.length - maxShown })}</p>
        ) : null}
      </div>
    </section>
  );
}

interface RowProps {
  readonly item: Capability;
  readonly isOpen: boolean;
  readonly onOpen: (name: string) => void;
}

function Row({ item, isOpen, onOpen }: RowProps) {
  return (
    <li className="border-b last:border-b-0">
      <button
        type="button"
        aria-current={isOpen || undefined}
        onClick={() => onOpen(item.name)}
        className={cx(
          'flex w-full flex-col gap-0.5 px-3 py-2 text-start outline-offset-[-2px] hover:bg-hover',
          isOpen && 'bg-accent-soft',
        )}
      >
        <UntrustedText text={item.name} isMono className="text-xs" maxLength={200} />
        {item.description === null && item.title === null ? null : (
          <span className="line-clamp-2 text-faint text-xs">
            <UntrustedText text={item.description ?? item.title ?? ''} maxLength={240} />
          </span>
        )}
      </button>
    </li>
  );
}
