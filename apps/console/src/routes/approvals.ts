import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const search = z.object({
  state: z.catch(z.optional(z.enum(['OPEN', 'APPROVED', 'REJECTED', 'SUPERSEDED'])), undefined),
});

export const approvalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/approvals',
  validateSearch: search,
  component: lazyRouteComponent(() => import('../features/approvals/index.ts'), 'ApprovalsPage'),
});

/** The item in the reading pane; the inbox around it stays as it is. */
export const approvalRoute = createRoute({ getParentRoute: () => approvalsRoute, path: '$approvalId' });
