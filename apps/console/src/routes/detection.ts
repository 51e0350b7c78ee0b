import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { shellRoute } from './root.ts';

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

const search = z.object({
  tab: z.catch(
    z.optional(z.enum(['overview', 'rules', 'data', 'own', 'model', 'verdicts', 'playground'])),
    undefined,
  ),
  range: z.catch(z.optional(z.enum(['day', 'week', 'month'])), undefined),
  /** Filters of the list in the tab. */
  find: text,
  tier: z.catch(z.optional(z.enum(['RULE', 'MODEL', 'TRANSFORMER', 'EXTERNAL', 'CUSTOM'])), undefined),
  class: z.catch(
    z.optional(z.enum(['SECRET', 'FINANCIAL', 'IDENTITY', 'CONTACT', 'HEALTH', 'NETWORK'])),
    undefined,
  ),
  /** The rule in the reading pane. */
  rule: text,
});

export type DetectionSearch = z.infer<typeof search>;

export const detectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/detection',
  validateSearch: search,
  component: lazyRouteComponent(() => import('../features/detection/index.ts'), 'DetectionPage'),
});
