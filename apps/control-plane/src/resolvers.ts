import { AgentsResolver } from './agents/agents.resolver.ts';
import { TestCallResolver } from './agents/test-call.resolver.ts';
import { ApprovalsResolver } from './approvals/approvals.resolver.ts';
import { CallsResolver } from './calls/calls.resolver.ts';
import { CustomersResolver } from './customers/customers.resolver.ts';
import { CustomRulesResolver } from './detection/custom-rules.resolver.ts';
import { DetectionResolver } from './detection/detection.resolver.ts';
import { VerdictsResolver } from './detection/verdicts.resolver.ts';
import { DirectoryResolver } from './directory/directory.resolver.ts';
import { EndpointsResolver } from './endpoints/endpoints.resolver.ts';
import { InvitationFieldsResolver, MembersResolver } from './members/members.resolver.ts';
import { OperatorResolver } from './operator/operator.resolver.ts';
import { OverviewResolver } from './overview/overview.resolver.ts';
import { PoliciesResolver } from './policies/policies.resolver.ts';
import { PublicationResolver } from './publication/publication.resolver.ts';
import { DemoServerResolver } from './servers/demo-server.resolver.ts';
import { ServerFieldsResolver } from './servers/server-fields.resolver.ts';
import { ServersResolver } from './servers/servers.resolver.ts';
import { ToolFieldsResolver } from './servers/tool-fields.resolver.ts';
import { SettingsResolver } from './settings/settings.resolver.ts';
import { TrafficResolver } from './traffic/traffic.resolver.ts';
import { UsageResolver } from './usage/usage.resolver.ts';
import { VetReportsResolver, VetRunsResolver } from './vetting/vetting.resolver.ts';
import { ViewerResolver } from './viewer/viewer.resolver.ts';

/** Every resolver of the API; the SDL is generated from exactly these. */
export const resolvers = [
  AgentsResolver,
  ApprovalsResolver,
  CallsResolver,
  CustomRulesResolver,
  CustomersResolver,
  DemoServerResolver,
  DetectionResolver,
  DirectoryResolver,
  EndpointsResolver,
  InvitationFieldsResolver,
  MembersResolver,
  OperatorResolver,
  OverviewResolver,
  PoliciesResolver,
  PublicationResolver,
  ServerFieldsResolver,
  ServersResolver,
  SettingsResolver,
  TestCallResolver,
  ToolFieldsResolver,
  TrafficResolver,
  UsageResolver,
  VerdictsResolver,
  VetReportsResolver,
  VetRunsResolver,
  ViewerResolver,
] as const;
