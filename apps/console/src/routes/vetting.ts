import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './root.ts';

export const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$reportId',
  component: lazyRouteComponent(() => import('../features/vetting/index.ts'), 'ReportPage'),
});

export const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('../features/vetting/index.ts'), 'RunPage'),
});
