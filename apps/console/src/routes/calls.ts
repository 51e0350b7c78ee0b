import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

const search = z.object({
  outcome: z.catch(
    z.optional(z.array(z.enum(['OK', 'TOOL_ERROR', 'DENIED', 'ERROR', 'CANCELLED', 'UNKNOWN', 'RUNNING']))),
    undefined,
  ),
  code: z.catch(z.optional(z.array(z.string())), undefined),
  agent: text,
  server: text,
  tool: text,
  customer: text,
  from: text,
  to: text,
  /** The call in the reading pane. */
  open: text,
});

export type CallsSearch = z.infer<typeof search>;

export const callsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calls',
  validateSearch: search,
  component: lazyRouteComponent(() => import('../features/calls/index.ts'), 'CallsPage'),
});
