import type { InjectionToken, Provider } from '@nestjs/common';
import { AgentsReadModel } from './agents/agents.read-model.ts';
import { AgentUseCases } from './agents/agents.resolver.ts';
import { SendTestCall } from './agents/send-test-call.ts';
import { ApprovalsReadModel } from './approvals/approvals.read-model.ts';
import { DecideApproval } from './approvals/decide-approval.ts';
import { CallsReadModel } from './calls/calls.read-model.ts';
import { OpenBodies } from './calls/open-bodies.ts';
import type { Services } from './composition.ts';
import { DetectionReadModel } from './detection/detection.read-model.ts';
import { DetectionReads } from './detection/detection.resolver.ts';
import { GiveVerdict } from './detection/give-verdict.ts';
import { SaveCustomRule } from './detection/save-custom-rule.ts';
import { ToolDetectionReadModel } from './detection/tool-detection.read-model.ts';
import { UpdateDetection } from './detection/update-detection.ts';
import { VerdictsReadModel } from './detection/verdicts.read-model.ts';
import { DirectoryReadModel } from './directory/directory.read-model.ts';
import { EndpointsReadModel } from './endpoints/endpoints.read-model.ts';
import { EndpointUseCases } from './endpoints/endpoints.resolver.ts';
import { TenantBatches } from './graphql/tenant-batches.ts';
import { LiveHub } from './live/live-hub.ts';
import { ChangeMember } from './members/change-member.ts';
import { Invitations } from './members/invitations.ts';
import { MembersReadModel } from './members/members.read-model.ts';
import { OperatorReadModel } from './operator/operator.read-model.ts';
import { OperatorUseCases } from './operator/operator.resolver.ts';
import { OverviewReadModel } from './overview/overview.read-model.ts';
import type { Platform } from './platform/platform.ts';
import { TenantChanges } from './platform/tenant-changes.ts';
import { DB, ENV, POLICY_CHECKER } from './platform/tokens.ts';
import { PoliciesReadModel } from './policies/policies.read-model.ts';
import { PolicyUseCases } from './policies/policies.resolver.ts';
import { PublicationReadModel } from './publication/publication.read-model.ts';
import { PublishTenantNow } from './publication/publish-tenant-now.ts';
import { WorkerAcks } from './publication/worker-acks.ts';
import { AddDemoServer } from './servers/add-demo-server.ts';
import { ServersReadModel } from './servers/servers.read-model.ts';
import { ServerUseCases } from './servers/servers.resolver.ts';
import { SessionStore } from './sign-in/session-store.ts';
import { TrafficReadModel } from './traffic/traffic.read-model.ts';
import { UsageReadModel } from './usage/usage.read-model.ts';
import { StartVetting } from './vetting/start-vetting.ts';

type Value = readonly [InjectionToken, unknown];

function detectionValues(
  { db }: Platform,
  services: Services,
  publications: PublicationReadModel,
): readonly Value[] {
  const detection = new DetectionReadModel(db);
  return [
    [DetectionReadModel, detection],
    [DetectionReads, new DetectionReads(detection, new ToolDetectionReadModel(db), publications)],
    [UpdateDetection, services.detection],
    [SaveCustomRule, new SaveCustomRule(services.changes)],
    [GiveVerdict, new GiveVerdict(services.changes)],
    [VerdictsReadModel, new VerdictsReadModel(db)],
  ];
}

/** What resolvers may ask for, by class or token. */
export function useCaseProviders(platform: Platform, services: Services): Provider[] {
  const { db, env } = platform;
  const calls = new CallsReadModel(db);
  const publications = new PublicationReadModel(db, services.acks);
  const { createKey, revokeKey } = services.agents;
  const testCall = new SendTestCall(db, createKey, revokeKey, services.publishNow, env.GATEWAY_URL);
  const values: readonly Value[] = [
    [DB, db],
    [ENV, env],
    [POLICY_CHECKER, services.checker],
    [LiveHub, services.hub],
    [SessionStore, services.sessions],
    [TenantChanges, services.changes],
    [WorkerAcks, services.acks],
    [PublishTenantNow, services.publishNow],
    [StartVetting, services.vetting],
    [DecideApproval, services.decide],
    [ServerUseCases, services.servers],
    [AgentUseCases, services.agents],
    [EndpointUseCases, services.endpoints],
    [PolicyUseCases, services.policies],
    [OperatorUseCases, services.operator],
    [ChangeMember, new ChangeMember(services.changes, services.sessions, services.hub)],
    [Invitations, new Invitations(services.changes, env.CONSOLE_URL)],
    [OpenBodies, new OpenBodies(calls, services.changes, env.BODY_SEAL_PRIVATE_KEY)],
    [AddDemoServer, new AddDemoServer(db, services.servers.register, env.DEMO_URL)],
    [SendTestCall, testCall],
    [TenantBatches, new TenantBatches(db)],
    [CallsReadModel, calls],
    [AgentsReadModel, new AgentsReadModel(db)],
    [ApprovalsReadModel, new ApprovalsReadModel(db)],
    [DirectoryReadModel, new DirectoryReadModel(db)],
    [EndpointsReadModel, new EndpointsReadModel(db)],
    [MembersReadModel, new MembersReadModel(db)],
    [OperatorReadModel, new OperatorReadModel(db)],
    [OverviewReadModel, new OverviewReadModel(db)],
    [PoliciesReadModel, new PoliciesReadModel(db)],
    [PublicationReadModel, publications],
    ...detectionValues(platform, services, publications),
    [ServersReadModel, new ServersReadModel(db)],
    [TrafficReadModel, new TrafficReadModel(db, platform.bus, platform.clock)],
    [UsageReadModel, new UsageReadModel(db)],
  ];
  return values.map(([provide, useValue]) => ({ provide, useValue }));
}
