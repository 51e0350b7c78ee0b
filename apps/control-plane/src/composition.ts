import { AgentUseCases } from './agents/agents.resolver.ts';
import { CreateApiKey } from './agents/create-api-key.ts';
import { RevokeApiKey } from './agents/revoke-api-key.ts';
import { SaveAgent } from './agents/save-agent.ts';
import { SetAgentState } from './agents/set-agent-state.ts';
import { ApplyVetResult } from './approvals/apply-vet-result.ts';
import { DecideApproval } from './approvals/decide-approval.ts';
import { TakeInObservation } from './approvals/take-in-observation.ts';
import { ClassifierStore } from './detection/classifier.store.ts';
import { ExportRows } from './detection/export-rows.ts';
import { UpdateDetection } from './detection/update-detection.ts';
import { DeleteEndpoint } from './endpoints/delete-endpoint.ts';
import { EndpointUseCases } from './endpoints/endpoints.resolver.ts';
import { SaveEndpoint } from './endpoints/save-endpoint.ts';
import { InspectorKeys } from './inspect/inspector-keys.ts';
import { CreateTenant } from './operator/create-tenant.ts';
import { OperatorUseCases } from './operator/operator.resolver.ts';
import { PrivateOrigins } from './operator/private-origins.ts';
import { SetTenantState } from './operator/set-tenant-state.ts';
import { BackgroundLoop } from './platform/background-loop.ts';
import type { Platform } from './platform/platform.ts';
import { type AfterCommit, TenantChanges } from './platform/tenant-changes.ts';
import { CedarChecker } from './policies/cedar-checker.ts';
import { DeletePolicy } from './policies/delete-policy.ts';
import { PolicyUseCases } from './policies/policies.resolver.ts';
import { SavePolicy } from './policies/save-policy.ts';
import { PublishInstallation } from './publication/publish-installation.ts';
import { PublishTenant } from './publication/publish-tenant.ts';
import { PublishTenantNow } from './publication/publish-tenant-now.ts';
import { Publisher } from './publication/publisher.ts';
import { RedisHealer } from './publication/redis-healer.ts';
import { createReseal } from './publication/reseal.ts';
import { RevocationFeed } from './publication/revocation-feed.ts';
import { WorkerAcks } from './publication/worker-acks.ts';
import { ConnectionStore } from './servers/connection.store.ts';
import { RegisterServer } from './servers/register-server.ts';
import { ResumeServer } from './servers/resume-server.ts';
import { RetireServer } from './servers/retire-server.ts';
import { ServerUseCases } from './servers/servers.resolver.ts';
import { SuspendServer } from './servers/suspend-server.ts';
import { UpdateConnection } from './servers/update-connection.ts';
import { AcceptInvitation } from './sign-in/accept-invitation.ts';
import { IssueLoginLink } from './sign-in/issue-login-link.ts';
import { LoginLinks } from './sign-in/login-links.ts';
import { SessionStore } from './sign-in/session-store.ts';
import { ConsumeVetRuns } from './vetting/consume-vet-runs.ts';
import { StartVetting } from './vetting/start-vetting.ts';

/** The way of changes to the workers. */
function composePublication(platform: Platform) {
  const { db, bus, clock, env, log, sign } = platform;
  const checker = new CedarChecker();
  const acks = new WorkerAcks(bus, clock);
  const revocations = new RevocationFeed(db, bus, () => clock.nowMs());
  const loops: BackgroundLoop[] = [];
  const after: AfterCommit = {
    live: (tenantId, type, id) => {
      const event = { tenantId, type, id };
      // Without Redis at least the streams of this process hear of it.
      bus.publishLive(event).catch(() => platform.hub.deliver(event));
    },
    wakePublisher: () => {
      for (const loop of loops) loop.nudge();
    },
    pushRevocations: (tenantId) =>
      revocations
        .push(tenantId)
        .catch((err: unknown) => log.warn({ tenantId, err }, 'a revocation waits for Redis')),
  };
  const changes = new TenantChanges(db, clock, platform.signRevocation, after);
  const observation = new TakeInObservation(changes);
  const deps = {
    db,
    sign,
    kid: env.SNAPSHOT_KEY_ID,
    reseal: createReseal(platform.vault, env.WORKER_SEAL_PUBLIC_KEY),
    checkPolicies: (policies: Parameters<CedarChecker['checkAll']>[0]) => checker.checkAll(policies),
  };
  const publisher = new Publisher({
    db,
    bus,
    revocations,
    log,
    tenants: new PublishTenant(deps),
    installation: new PublishInstallation(deps),
    observe: (tenantId, payload) => observation.execute(tenantId, payload),
    live: after.live,
  });
  const healer = new RedisHealer(db, bus, revocations, acks, log);
  const publishNow = new PublishTenantNow(changes, publisher, acks);
  return { checker, acks, after, changes, publisher, healer, publishNow, loops };
}

/** Everything the process can do, wired by hand: what is used where can be read here. */
export function composeServices(platform: Platform) {
  const { db, bus, clock, env, log, hub, vault } = platform;
  const publication = composePublication(platform);
  const { acks, after, changes, checker, publishNow } = publication;
  const sessions = new SessionStore(db, clock, env.SESSION_HOURS * 3_600_000);
  const links = new LoginLinks(db, clock, env.CONSOLE_URL);
  const connections = new ConnectionStore(vault);
  const vetting = new StartVetting(changes, bus, (err) => log.warn({ err }, 'a vetting run waits for Redis'));
  const applyVetResult = new ApplyVetResult(changes);
  const origins = new PrivateOrigins(db, after, env.OWN_PORTS);
  const createTenant = new CreateTenant(db, clock);
  const setTenantState = new SetTenantState({ db, clock, sign: platform.signRevocation, acks, after });
  const createKey = new CreateApiKey(changes);
  const saveAgent = new SaveAgent(changes);
  const agents = new AgentUseCases(
    saveAgent,
    new SetAgentState(changes, acks),
    createKey,
    new RevokeApiKey(changes, acks),
    publishNow,
  );
  const servers = new ServerUseCases(
    new RegisterServer(changes, connections, vetting, env.OWN_PORTS),
    new UpdateConnection(changes, connections),
    new SuspendServer(changes),
    new ResumeServer(changes),
    new RetireServer(changes),
  );
  return {
    ...publication,
    hub,
    sessions,
    links,
    vetting,
    applyVetResult,
    consumeVetRuns: new ConsumeVetRuns(db, applyVetResult, log),
    decide: new DecideApproval(changes),
    agents,
    servers,
    endpoints: new EndpointUseCases(new SaveEndpoint(changes), new DeleteEndpoint(changes), publishNow),
    policies: new PolicyUseCases(new SavePolicy(changes, checker), new DeletePolicy(changes), publishNow),
    detection: new UpdateDetection(changes, new ClassifierStore(vault), env.OWN_PORTS),
    exportRows: new ExportRows(db, changes, env.BODY_SEAL_PRIVATE_KEY),
    operator: new OperatorUseCases(createTenant, setTenantState, links, origins),
    invitations: new AcceptInvitation(db, clock),
    loginLinks: new IssueLoginLink(db, links),
    inspectorKeys: new InspectorKeys(db, createKey, publishNow, clock, env.GATEWAY_URL),
  };
}

export type Services = ReturnType<typeof composeServices>;

/** Starts what runs by itself: publisher, healer, results of vetting. */
export function startLoops(platform: Platform, services: Services): () => Promise<void> {
  const onError = (what: string) => (err: unknown) =>
    platform.log.warn({ err }, `${what} failed; it is tried again`);
  const publish = new BackgroundLoop({
    everyMs: 1_000,
    debounceMs: 100,
    turn: async () => {
      await services.publisher.drain();
    },
    onError: onError('publishing'),
  });
  const heal = new BackgroundLoop({
    everyMs: 3_000,
    turn: () => services.healer.heal(),
    onError: onError('healing Redis'),
  });
  const vet = new BackgroundLoop({
    everyMs: 5_000,
    turn: () => services.consumeVetRuns.execute(),
    onError: onError('taking in vetting results'),
  });
  services.loops.push(publish);
  const all = [publish, heal, vet];
  for (const loop of all) loop.start();
  platform.bus.onLive((event) => services.hub.deliver(event));
  return async () => {
    await Promise.all(all.map((loop) => loop.stop()));
  };
}
