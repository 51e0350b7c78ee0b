import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

export const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  component: lazyRouteComponent(() => import('../features/policies/index.ts'), 'PoliciesPage'),
});

const newSearch = z.object({
  template: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
});

export const newPolicyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies/new',
  validateSearch: newSearch,
  component: lazyRouteComponent(() => import('../features/policies/index.ts'), 'NewPolicyPage'),
});

const policySearch = z.object({
  /** The published version that the last save made, to follow how far it is live. */
  saved: z.catch(z.optional(z.number()), undefined),
});

export const policyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies/$policyId',
  validateSearch: policySearch,
  component: lazyRouteComponent(() => import('../features/policies/index.ts'), 'PolicyPage'),
});
