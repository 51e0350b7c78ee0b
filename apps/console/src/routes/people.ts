import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const membersSearch = z.object({
  /** The invitation dialog is open. */
  invite: z.catch(z.optional(z.boolean()), undefined),
});

export const membersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/members',
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import('../features/members/index.ts'), 'MembersPage'),
});

const usageSearch = z.object({
  period: z.catch(z.optional(z.enum(['day', 'week', 'month'])), undefined),
  by: z.catch(z.optional(z.enum(['HOUR', 'CUSTOMER', 'AGENT', 'TOOL'])), undefined),
});

export const usageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/usage',
  validateSearch: usageSearch,
  component: lazyRouteComponent(() => import('../features/usage/index.ts'), 'UsagePage'),
});

export const tenantsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tenants',
  component: lazyRouteComponent(() => import('../features/tenants/index.ts'), 'TenantsPage'),
});
