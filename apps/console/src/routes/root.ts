import { createRootRoute, createRoute } from '@tanstack/react-router';
import { CrashPage, NotFoundPage } from '../app-shell/fault-pages.tsx';
import { Shell } from '../app-shell/shell.tsx';

export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: CrashPage });

/** The frame of every page that needs a session. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Shell });
