import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

export const endpointsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/endpoints',
  component: lazyRouteComponent(() => import('../features/endpoints/index.ts'), 'EndpointsPage'),
});

export const newEndpointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/endpoints/new',
  component: lazyRouteComponent(() => import('../features/endpoints/index.ts'), 'NewEndpointPage'),
});

const endpointSearch = z.object({
  /** The published version that the last save made, to follow how far it is live. */
  saved: z.catch(z.optional(z.number()), undefined),
});

export const endpointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/endpoints/$endpointId',
  validateSearch: endpointSearch,
  component: lazyRouteComponent(() => import('../features/endpoints/index.ts'), 'EndpointPage'),
});
