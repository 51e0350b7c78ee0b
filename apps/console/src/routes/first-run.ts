import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const search = z.object({
  /** The server being set up, so that a reload goes on where it was. */
  server: z.catch(z.optional(z.string()), undefined),
});

export const firstRunRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/first-run',
  validateSearch: search,
  component: lazyRouteComponent(() => import('../features/first-run/index.ts'), 'FirstRunPage'),
});
