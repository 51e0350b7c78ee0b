import { EmptyState } from '@sallyport/ui/empty-state';
import { Mark } from '@sallyport/ui/mark';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SignInPage } from '../features/session/index.ts';
import { isSignedOut } from '../lib/api-error.ts';
import { QueryError } from '../lib/data-states.tsx';
import { useHotkeys } from '../lib/hotkeys.ts';
import { startLive } from '../lib/live.ts';
import { useViewer, viewerQuery } from '../lib/viewer.ts';
import { Nav } from './nav.tsx';
import { navItems } from './nav-items.ts';
import { TopBar } from './top-bar.tsx';

const NavDrawer = lazy(async () => ({ default: (await import('./nav-drawer.tsx')).NavDrawer }));
const loadCommandMenu = () => import('./command-menu.tsx');
const CommandMenu = lazy(async () => ({ default: (await loadCommandMenu()).CommandMenu }));
/** When the page has settled, the palette is fetched: keys pressed right after ⌘K must not be lost. */
const palettePreloadMs = 2_000;
const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.tsx')).KeyboardHelp }));

type Overlay = 'none' | 'nav' | 'palette' | 'help';

/** The gate of the console: nobody sees a page before it is known who looks. */
export function Shell() {
  const { t } = useTranslation();
  const viewer = useQuery(viewerQuery);
  if (isSignedOut(viewer.error)) return <SignInPage />;
  if (viewer.data === undefined && viewer.error !== null) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <QueryError error={viewer.error} onRetry={() => void viewer.refetch()} />
      </main>
    );
  }
  if (viewer.data === undefined) {
    return (
      <main className="grid min-h-dvh place-items-center text-accent">
        <Mark className="size-10" isLoading title={t('loading')} />
      </main>
    );
  }
  return <Frame />;
}

function NoTenant() {
  const { t } = useTranslation('shell');
  return <EmptyState title={t('noTenant.title')} description={t('noTenant.next')} />;
}

function Frame() {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const navigate = useNavigate();
  const viewer = useViewer();
  const [overlay, setOverlay] = useState<Overlay>('none');
  const tenantId = viewer.tenant?.id ?? null;
  // A new tenant is a new stream: the server decides by session what a listener hears.
  useEffect(() => (tenantId === null ? undefined : startLive(client)), [client, tenantId]);
  useEffect(() => {
    const timer = setTimeout(() => void loadCommandMenu(), palettePreloadMs);
    return () => clearTimeout(timer);
  }, []);
  const close = () => setOverlay('none');
  useHotkeys({
    'mod+k': () => setOverlay('palette'),
    '?': () => setOverlay('help'),
    ...Object.fromEntries(navItems.map((item) => [`g ${item.key}`, () => void navigate({ to: item.to })])),
  });
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#main"
        className="fixed start-2 top-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <div className="w-56 shrink-0 border-e bg-bg max-lg:hidden">
        <Nav onNavigate={close} />
      </div>
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          onOpenNav={() => setOverlay('nav')}
          onOpenPalette={() => setOverlay('palette')}
          onOpenHelp={() => setOverlay('help')}
        />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
          {viewer.tenant === null && !viewer.isOperator ? <NoTenant /> : <Outlet />}
        </main>
      </div>
      <Suspense fallback={null}>
        {overlay === 'nav' ? <NavDrawer open onClose={close} /> : null}
        {overlay === 'palette' ? (
          <CommandMenu open onOpenChange={(open) => !open && close()} onHelp={() => setOverlay('help')} />
        ) : null}
        {overlay === 'help' ? <KeyboardHelp open onOpenChange={(open) => !open && close()} /> : null}
      </Suspense>
    </div>
  );
}
