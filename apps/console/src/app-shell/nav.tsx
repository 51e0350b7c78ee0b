import { Mark } from '@sallyport/ui/mark';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../lib/format.ts';
import { useViewer } from '../lib/viewer.ts';
import { type NavItem, navItems } from './nav-items.ts';
import { useShellStatus } from './use-shell-status.ts';

function NavLink({
  item,
  count,
  onNavigate,
}: {
  readonly item: NavItem;
  readonly count: number;
  readonly onNavigate: () => void;
}) {
  const { t } = useTranslation('shell');
  const Icon = item.icon;
  return (
    <Link
      to={item.to}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      onClick={onNavigate}
      className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted text-sm hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-ink max-lg:h-10 [&_svg]:size-4"
    >
      <Icon aria-hidden="true" className="shrink-0" />
      <span className="flex-1 truncate">{t(`nav.${item.text}`)}</span>
      {count > 0 ? (
        <span className="rounded-full bg-hold-soft px-1.5 font-medium text-2xs text-hold tabular-nums">
          {formatCount(count)}
        </span>
      ) : null}
    </Link>
  );
}

/** The pages that exist, those of the operator apart. */
export function Nav({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTranslation('shell');
  const viewer = useViewer();
  const status = useShellStatus();
  const pages = navItems.filter((item) => item.isOperatorOnly !== true);
  const operatorPages = viewer.isOperator ? navItems.filter((item) => item.isOperatorOnly === true) : [];
  const countOf = (item: NavItem) => (item.text === 'approvals' ? (status?.inbox.openCount ?? 0) : 0);
  return (
    <div className="flex h-full flex-col">
      <Link to="/" onClick={onNavigate} className="flex h-12 shrink-0 items-center gap-2 px-4">
        <Mark className="size-5.5 text-accent" />
        <span className="font-semibold text-md tracking-[-0.01em]">{t('product')}</span>
      </Link>
      <nav aria-label={t('nav.label')} className="flex flex-1 flex-col gap-0.5 overflow-y-auto p-2">
        {pages.map((item) => (
          <NavLink key={item.to} item={item} count={countOf(item)} onNavigate={onNavigate} />
        ))}
        {operatorPages.length > 0 ? (
          <>
            <span className="px-2.5 pt-4 pb-1 text-faint text-xs">{t('nav.operator')}</span>
            {operatorPages.map((item) => (
              <NavLink key={item.to} item={item} count={0} onNavigate={onNavigate} />
            ))}
          </>
        ) : null}
      </nav>
      <p className="px-4 py-3 font-mono text-2xs text-faint">{viewer.version}</p>
    </div>
  );
}
