import type { Permission } from '@sallyport/kernel';
import type { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import {
  Activity,
  Bot,
  Building2,
  DoorOpen,
  Keyboard,
  KeyRound,
  Plus,
  ScrollText,
  Server,
  ShieldX,
  SunMoon,
  UserPlus,
  Wrench,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { DirectoryKind, DirectoryQuery, PaletteCallsQuery } from '../../generated/graphql.ts';
import { formatClockSeconds } from '../../lib/format.ts';
import { toggleTheme } from '../../lib/theme.ts';
import type { Viewer } from '../../lib/viewer.ts';
import { navItems } from '../nav-items.ts';
import type { Findable } from './fuzzy-rank.ts';

export type Section = 'pages' | 'actions' | 'directory' | 'calls' | 'tenants';
/** An action that asks for one more choice. */
export type Scope = 'newKey' | 'revokeKey';

export interface PaletteCommand extends Findable {
  readonly section: Section;
  readonly detail?: string | undefined;
  readonly icon: ReactNode;
  readonly hint?: string | undefined;
  /** Without it the command is shown, locked, and says what is missing. */
  readonly need?: Permission | undefined;
  readonly onRun: () => void;
  readonly isOpening?: boolean | undefined;
}

export interface CommandContext {
  readonly t: TFunction<['shell', 'common']>;
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly viewer: Viewer;
  readonly onHelp: () => void;
  readonly onScope: (scope: Scope) => void;
  readonly onTenant: (tenantId: string) => void;
}

type Entry = DirectoryQuery['directory'][number];

const icons = {
  SERVER: Server,
  TOOL: Wrench,
  AGENT: Bot,
  API_KEY: KeyRound,
  ENDPOINT: DoorOpen,
  POLICY: ScrollText,
} as const satisfies Record<DirectoryKind, typeof Server>;

/** Every page that exists for this viewer. */
export function pageCommands({ t, navigate, viewer }: CommandContext): readonly PaletteCommand[] {
  return navItems
    .filter((item) => item.isOperatorOnly !== true || viewer.isOperator)
    .map((item) => {
      const Icon = item.icon;
      return {
        id: `page:${item.to}`,
        section: 'pages',
        label: t(`shell:nav.${item.text}`),
        icon: <Icon aria-hidden="true" />,
        hint: `g ${item.key}`,
        onRun: () => void navigate({ to: item.to }),
      };
    });
}

/** What can be done from anywhere. */
export function actionCommands(context: CommandContext): readonly PaletteCommand[] {
  const { t, navigate, onHelp, onScope } = context;
  const action = (
    id: 'registerServer' | 'newEndpoint' | 'newPolicy' | 'newAgent' | 'newKey' | 'revokeKey' | 'invite',
    need: Permission,
    onRun: () => void,
    icon: ReactNode = <Plus aria-hidden="true" />,
  ): PaletteCommand => ({
    id: `do:${id}`,
    section: 'actions',
    label: t(`shell:palette.do.${id}`),
    icon,
    need,
    onRun,
    isOpening: id === 'newKey' || id === 'revokeKey',
  });
  return [
    action(
      'registerServer',
      'catalog.write',
      () => void navigate({ to: '/catalog', search: { register: true } }),
    ),
    action('newEndpoint', 'catalog.write', () => void navigate({ to: '/endpoints/new' })),
    action('newKey', 'agents.write', () => onScope('newKey'), <KeyRound aria-hidden="true" />),
    action('revokeKey', 'agents.write', () => onScope('revokeKey'), <ShieldX aria-hidden="true" />),
    action('newAgent', 'agents.write', () => void navigate({ to: '/agents', search: { create: true } })),
    action('newPolicy', 'policies.write', () => void navigate({ to: '/policies/new' })),
    action(
      'invite',
      'members.write',
      () => void navigate({ to: '/members', search: { invite: true } }),
      <UserPlus aria-hidden="true" />,
    ),
    {
      id: 'do:theme',
      section: 'actions',
      label: t('shell:theme.toggle'),
      icon: <SunMoon aria-hidden="true" />,
      onRun: toggleTheme,
    },
    {
      id: 'do:help',
      section: 'actions',
      label: t('shell:help.label'),
      icon: <Keyboard aria-hidden="true" />,
      hint: '?',
      onRun: onHelp,
    },
  ];
}

function openEntry({ navigate }: CommandContext, { kind, id, parentId }: Entry): void {
  const parent = parentId ?? '';
  const targets = {
    SERVER: () => navigate({ to: '/catalog/$serverId', params: { serverId: id } }),
    TOOL: () =>
      navigate({
        to: '/catalog/$serverId',
        params: { serverId: parent },
        search: { tab: 'tools', tool: id },
      }),
    AGENT: () => navigate({ to: '/agents/$agentId', params: { agentId: id } }),
    API_KEY: () => navigate({ to: '/agents/$agentId', params: { agentId: parent } }),
    ENDPOINT: () => navigate({ to: '/endpoints/$endpointId', params: { endpointId: id } }),
    POLICY: () => navigate({ to: '/policies/$policyId', params: { policyId: id } }),
  } as const satisfies Record<DirectoryKind, () => unknown>;
  void targets[kind]();
}

/** Everything of the tenant that has a page. */
export function directoryCommands(
  context: CommandContext,
  entries: readonly Entry[],
): readonly PaletteCommand[] {
  return entries.map((entry) => {
    const Icon = icons[entry.kind];
    return {
      id: entry.id,
      section: 'directory',
      label: entry.name,
      keywords: entry.detail ?? undefined,
      detail: entry.detail ?? undefined,
      icon: <Icon aria-hidden="true" />,
      hint: context.t(`shell:palette.kind.${entry.kind}`),
      onRun: () => openEntry(context, entry),
    };
  });
}

/** The last calls, found by id or tool; an id that is typed whole is offered even when it is older. */
export function callCommands(
  { t, navigate }: CommandContext,
  calls: PaletteCallsQuery['calls']['nodes'],
  query: string,
): readonly PaletteCommand[] {
  const open = (id: string) => () => void navigate({ to: '/calls', search: { open: id } });
  const recent = calls.map(
    (call): PaletteCommand => ({
      id: call.id,
      section: 'calls',
      label: call.toolName ?? t('shell:palette.call'),
      keywords: call.id,
      detail: `${formatClockSeconds(call.at)} · ${t(`common:outcome.${call.outcome}`)}`,
      icon: <Activity aria-hidden="true" />,
      hint: `${call.id.slice(0, 8)}…`,
      onRun: open(call.id),
    }),
  );
  const typed = query.trim().toLowerCase();
  if (!/^cal_[0-9a-f]{32}$/.test(typed) || calls.some((call) => call.id === typed)) return recent;
  return [
    {
      id: typed,
      section: 'calls',
      label: t('shell:palette.openCall'),
      keywords: typed,
      detail: typed,
      icon: <Activity aria-hidden="true" />,
      onRun: open(typed),
    },
    ...recent,
  ];
}

/** The other tenants of this person. */
export function tenantCommands({ viewer, onTenant }: CommandContext): readonly PaletteCommand[] {
  return viewer.tenants
    .filter((tenant) => tenant.id !== viewer.tenant?.id)
    .map((tenant) => ({
      id: tenant.id,
      section: 'tenants',
      label: tenant.name,
      keywords: tenant.slug,
      icon: <Building2 aria-hidden="true" />,
      onRun: () => onTenant(tenant.id),
    }));
}

/** The agents that a key can be made for, or the keys that can be revoked. */
export function scopeCommands(
  context: CommandContext,
  scope: Scope,
  entries: readonly Entry[],
): readonly PaletteCommand[] {
  const { navigate } = context;
  const wanted = entries.filter((entry) => entry.kind === (scope === 'newKey' ? 'AGENT' : 'API_KEY'));
  const runOf = ({ id, parentId }: Entry) =>
    scope === 'newKey'
      ? () => void navigate({ to: '/agents/$agentId', params: { agentId: id }, search: { newKey: true } })
      : () =>
          void navigate({
            to: '/agents/$agentId',
            params: { agentId: parentId ?? '' },
            search: { revoke: id },
          });
  return directoryCommands(context, wanted).map((command, index) => {
    const entry = wanted[index];
    return entry === undefined
      ? command
      : { ...command, id: `${scope}:${command.id}`, hint: undefined, onRun: runOf(entry) };
  });
}
