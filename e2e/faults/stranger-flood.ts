import { callTool } from '../agent-call.ts';

/** Floods an endpoint with keys that never were, from a process of its own; prints how many got which status. */
const [endpoint = '', lasting = '0', callers = '1'] = process.argv.slice(2);
const until = Date.now() + Number(lasting);
const statuses: Record<number, number> = {};
let sent = 0;

async function flood(): Promise<void> {
  while (Date.now() < until) {
    sent += 1;
    const { status } = await callTool(endpoint, `sp_${sent}`, 'demo__add', { a: 1, b: 1 });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: Number(callers) }, flood));
process.stdout.write(`${JSON.stringify(statuses)}\n`);
