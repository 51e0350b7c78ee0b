import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const search = z.object({
  range: z.catch(z.optional(z.enum(['HOUR', 'DAY', 'WEEK'])), undefined),
});

export const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: search,
  component: lazyRouteComponent(() => import('../features/overview/index.ts'), 'OverviewPage'),
});
