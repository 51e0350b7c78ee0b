import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const catalogSearch = z.object({
  q: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  state: z.catch(
    z.optional(
      z.array(
        z.enum([
          'DRAFT',
          'VETTING',
          'VETTING_FAILED',
          'NEEDS_REVIEW',
          'REJECTED',
          'APPROVED',
          'PUBLISHED',
          'SUSPENDED',
          'RETIRED',
        ]),
      ),
    ),
    undefined,
  ),
  /** The registration dialog is open. */
  register: z.catch(z.optional(z.boolean()), undefined),
});

export const catalogRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog',
  validateSearch: catalogSearch,
  component: lazyRouteComponent(() => import('../features/catalog/index.ts'), 'CatalogPage'),
});

const serverSearch = z.object({
  tab: z.catch(z.optional(z.enum(['overview', 'tools', 'pins', 'changes', 'activity'])), undefined),
  tool: z.catch(z.optional(z.string()), undefined),
});

export const serverRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog/$serverId',
  validateSearch: serverSearch,
  component: lazyRouteComponent(() => import('../features/server/index.ts'), 'ServerPage'),
});
