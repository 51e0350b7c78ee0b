import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

export const connectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections',
  validateSearch: z.object({ tab: z.catch(z.optional(z.enum(['agents', 'upstreams'])), undefined) }),
  component: lazyRouteComponent(() => import('../features/connections/index.ts'), 'ConnectionsPage'),
});

export const connectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connect',
  validateSearch: z.object({ endpoint: text, agent: text, client: text }),
  component: lazyRouteComponent(() => import('../features/connect/index.ts'), 'ConnectPage'),
});

export const inspectorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inspector',
  validateSearch: z.object({
    endpoint: text,
    agent: text,
    kind: z.catch(z.optional(z.enum(['tool', 'prompt', 'resource', 'template'])), undefined),
    /** Name or URI of what is open. */
    item: z.catch(z.optional(z.string().check(z.maxLength(2000))), undefined),
  }),
  component: lazyRouteComponent(() => import('../features/inspector/index.ts'), 'InspectorPage'),
});
