import {
  Activity,
  Building2,
  ChartColumn,
  LayoutDashboard,
  type LucideIcon,
  Server,
  Users,
} from 'lucide-react';

/** One page of the console; the list holds only pages that exist. */
export interface NavItem {
  readonly to: '/' | '/calls' | '/catalog' | '/members' | '/usage' | '/tenants';
  /** Its key under `shell:nav`. */
  readonly text: 'overview' | 'calls' | 'catalog' | 'approvals' | 'members' | 'usage' | 'tenants';
  readonly icon: LucideIcon;
  /** The second key after `g`. */
  readonly key: string;
  readonly isOperatorOnly?: true;
}

export const navItems: readonly NavItem[] = [
  { to: '/', text: 'overview', icon: LayoutDashboard, key: 'o' },
  { to: '/calls', text: 'calls', icon: Activity, key: 'c' },
  { to: '/catalog', text: 'catalog', icon: Server, key: 's' },
  { to: '/members', text: 'members', icon: Users, key: 'm' },
  { to: '/usage', text: 'usage', icon: ChartColumn, key: 'u' },
  { to: '/tenants', text: 'tenants', icon: Building2, key: 't', isOperatorOnly: true },
];
