import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const listSearch = z.object({
  tab: z.catch(z.optional(z.enum(['agents', 'customers'])), undefined),
});

export const agentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agents',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/agents/index.ts'), 'AgentsPage'),
});

export const agentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agents/$agentId',
  component: lazyRouteComponent(() => import('../features/agents/index.ts'), 'AgentPage'),
});
