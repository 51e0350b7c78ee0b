import { networkInterfaces } from 'node:os';

// Says whether this process is cut off from every network: run once at boot, inside the sandbox.
const foreign = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
process.stdout.write(foreign.length === 0 ? 'sealed\n' : `not sealed: ${foreign.join(', ')}\n`);
