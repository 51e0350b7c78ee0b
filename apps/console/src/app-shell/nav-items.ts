import { Activity, LayoutDashboard, type LucideIcon, Server } from 'lucide-react';

/** One page of the console; the list holds only pages that exist. */
export interface NavItem {
  readonly to: '/' | '/calls' | '/catalog';
  /** Its key under `shell:nav`. */
  readonly text: 'overview' | 'calls' | 'catalog' | 'approvals';
  readonly icon: LucideIcon;
  /** The second key after `g`. */
  readonly key: string;
  readonly isOperatorOnly?: true;
}

export const navItems: readonly NavItem[] = [
  { to: '/', text: 'overview', icon: LayoutDashboard, key: 'o' },
  { to: '/calls', text: 'calls', icon: Activity, key: 'c' },
  { to: '/catalog', text: 'catalog', icon: Server, key: 's' },
];
