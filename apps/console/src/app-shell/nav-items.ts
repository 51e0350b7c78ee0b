import {
  Activity,
  Bot,
  Building2,
  Cable,
  ChartColumn,
  DoorOpen,
  FlaskConical,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  Plug,
  ScrollText,
  Server,
  ShieldAlert,
  Users,
} from 'lucide-react';

/** One page of the console; the list holds only pages that exist. */
export interface NavItem {
  readonly to:
    | '/'
    | '/calls'
    | '/catalog'
    | '/approvals'
    | '/endpoints'
    | '/policies'
    | '/detection'
    | '/agents'
    | '/connections'
    | '/connect'
    | '/inspector'
    | '/members'
    | '/usage'
    | '/tenants';
  /** Its key under `shell:nav`. */
  readonly text:
    | 'overview'
    | 'calls'
    | 'catalog'
    | 'approvals'
    | 'endpoints'
    | 'policies'
    | 'detection'
    | 'agents'
    | 'connections'
    | 'connect'
    | 'inspector'
    | 'members'
    | 'usage'
    | 'tenants';
  readonly icon: LucideIcon;
  /** The second key after `g`. */
  readonly key: string;
  readonly isOperatorOnly?: true;
}

export const navItems: readonly NavItem[] = [
  { to: '/', text: 'overview', icon: LayoutDashboard, key: 'o' },
  { to: '/calls', text: 'calls', icon: Activity, key: 'c' },
  { to: '/catalog', text: 'catalog', icon: Server, key: 's' },
  { to: '/approvals', text: 'approvals', icon: Inbox, key: 'a' },
  { to: '/endpoints', text: 'endpoints', icon: DoorOpen, key: 'e' },
  { to: '/policies', text: 'policies', icon: ScrollText, key: 'p' },
  { to: '/detection', text: 'detection', icon: ShieldAlert, key: 'd' },
  { to: '/agents', text: 'agents', icon: Bot, key: 'b' },
  { to: '/connections', text: 'connections', icon: Cable, key: 'n' },
  { to: '/connect', text: 'connect', icon: Plug, key: 'k' },
  { to: '/inspector', text: 'inspector', icon: FlaskConical, key: 'i' },
  { to: '/members', text: 'members', icon: Users, key: 'm' },
  { to: '/usage', text: 'usage', icon: ChartColumn, key: 'u' },
  { to: '/tenants', text: 'tenants', icon: Building2, key: 't', isOperatorOnly: true },
];
