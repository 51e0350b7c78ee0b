import 'i18next';
import type agents from './locales/en/agents.json';
import type approvals from './locales/en/approvals.json';
import type calls from './locales/en/calls.json';
import type catalog from './locales/en/catalog.json';
import type common from './locales/en/common.json';
import type connect from './locales/en/connect.json';
import type connections from './locales/en/connections.json';
import type detection from './locales/en/detection.json';
import type endpoints from './locales/en/endpoints.json';
import type errors from './locales/en/errors.json';
import type firstRun from './locales/en/first-run.json';
import type inspector from './locales/en/inspector.json';
import type members from './locales/en/members.json';
import type overview from './locales/en/overview.json';
import type parts from './locales/en/parts.json';
import type policies from './locales/en/policies.json';
import type server from './locales/en/server.json';
import type session from './locales/en/session.json';
import type shell from './locales/en/shell.json';
import type tenants from './locales/en/tenants.json';
import type usage from './locales/en/usage.json';
import type vetting from './locales/en/vetting.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      approvals: typeof approvals;
      vetting: typeof vetting;
      policies: typeof policies;
      agents: typeof agents;
      calls: typeof calls;
      catalog: typeof catalog;
      common: typeof common;
      connect: typeof connect;
      connections: typeof connections;
      detection: typeof detection;
      endpoints: typeof endpoints;
      errors: typeof errors;
      firstRun: typeof firstRun;
      inspector: typeof inspector;
      overview: typeof overview;
      parts: typeof parts;
      server: typeof server;
      session: typeof session;
      shell: typeof shell;
      tenants: typeof tenants;
      usage: typeof usage;
      members: typeof members;
    };
  }
}
