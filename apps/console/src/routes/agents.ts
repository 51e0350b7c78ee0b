import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const listSearch = z.object({
  tab: z.catch(z.optional(z.enum(['agents', 'customers'])), undefined),
  /** The dialog for a new one is open. */
  create: z.catch(z.optional(z.boolean()), undefined),
});

export const agentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agents',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../features/agents/index.ts'), 'AgentsPage'),
});

const agentSearch = z.object({
  /** The dialog for a new key is open. */
  newKey: z.catch(z.optional(z.boolean()), undefined),
  /** The key that is about to be revoked. */
  revoke: z.catch(z.optional(z.string().check(z.maxLength(64))), undefined),
});

export const agentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agents/$agentId',
  validateSearch: agentSearch,
  component: lazyRouteComponent(() => import('../features/agents/index.ts'), 'AgentPage'),
});
