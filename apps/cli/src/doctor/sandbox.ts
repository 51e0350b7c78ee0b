import { spawnSync } from 'node:child_process';
import type { Finding } from './finding.ts';

const args = ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--', '/bin/true'];

/** Whether vetting can run in bubblewrap with the network cut; without it, it runs under Node's permission model. */
export const checkSandbox = (platform: string): Finding => {
  const name = 'Vetting sandbox';
  const fallback = 'vetting uses the Node permission model, which does not cut the network; reports say so';
  if (platform !== 'linux')
    return { kind: 'remark', name, detail: `no bubblewrap on ${platform}`, advice: fallback };
  const { status, error } = spawnSync('bwrap', args, { timeout: 5000, stdio: 'ignore' });
  if (status === 0) return { kind: 'well', name, detail: 'bubblewrap, network cut' };
  const detail =
    error === undefined ? 'bubblewrap may not make namespaces here' : 'bubblewrap is not installed';
  return { kind: 'remark', name, detail, advice: fallback };
};
