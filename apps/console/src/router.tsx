import { createRouter } from '@tanstack/react-router';
import { CrashPage, NotFoundPage } from './app-shell/fault-pages.tsx';
import { agentRoute, agentsRoute } from './routes/agents.ts';
import { approvalRoute, approvalsRoute } from './routes/approvals.ts';
import { callsRoute } from './routes/calls.ts';
import { catalogRoute, serverRoute } from './routes/catalog.ts';
import { connectionsRoute, connectRoute, inspectorRoute } from './routes/connections.ts';
import { detectionRoute } from './routes/detection.ts';
import { endpointRoute, endpointsRoute, newEndpointRoute } from './routes/endpoints.ts';
import { firstRunRoute } from './routes/first-run.ts';
import { overviewRoute } from './routes/overview.ts';
import { membersRoute, tenantsRoute, usageRoute } from './routes/people.ts';
import { newPolicyRoute, policiesRoute, policyRoute } from './routes/policies.ts';
import { rootRoute, shellRoute } from './routes/root.ts';
import { invitationRoute, linkRoute, signInRoute } from './routes/session.ts';
import { reportRoute, runRoute } from './routes/vetting.ts';

const routeTree = rootRoute.addChildren([
  signInRoute,
  linkRoute,
  invitationRoute,
  shellRoute.addChildren([
    overviewRoute,
    firstRunRoute,
    callsRoute,
    catalogRoute,
    serverRoute,
    reportRoute,
    runRoute,
    approvalsRoute.addChildren([approvalRoute]),
    policiesRoute,
    newPolicyRoute,
    policyRoute,
    detectionRoute,
    endpointsRoute,
    newEndpointRoute,
    endpointRoute,
    agentsRoute,
    agentRoute,
    connectionsRoute,
    connectRoute,
    inspectorRoute,
    membersRoute,
    usageRoute,
    tenantsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
