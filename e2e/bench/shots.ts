import type { Shot } from './load.ts';
import type { BenchKey } from './seed.ts';

/** What a call brings back: a kibibyte, 64 of them, or the kibibyte as a stream. */
export type ReplyShape = 'plain' | 'big' | 'sse';

export const forbiddenTool = 's9__tool_19';

/** Headers of a modern call, without the name. */
export const modern = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
};
export const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
};
const words =
  'ship pack river stone paper cloud winter garden table window market bridge letter orange'.split(' ');

/** About 900 characters of plain words that differ with every call. */
function text(seed: number): string {
  let state = seed * 2_654_435_761;
  let out = `call ${seed}`;
  while (out.length < 880) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out += ` ${words[state % words.length]}`;
  }
  return out;
}

const body = (id: number, name: string, args: unknown) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: args, _meta: meta },
  });

let sequence = 0;

/** A call straight at the upstream, or through the bare proxy. */
export function plainShot(shape: ReplyShape = 'plain'): Shot {
  sequence += 1;
  const name = `tool_${sequence % 19}`;
  const project = shape === 'plain' ? `p${sequence % 7}` : shape;
  return {
    path: '/direct',
    headers: { ...modern, 'mcp-name': name },
    body: body(sequence, name, { id: sequence, project, text: text(sequence) }),
    expect: 'ok',
  };
}

/** The same through the gateway: spread over all tenants, servers and tools. */
export function goodShot(keys: readonly BenchKey[], shape: ReplyShape = 'plain'): Shot {
  sequence += 1;
  const project = shape === 'plain' ? `p${sequence % 7}` : shape;
  const name = `s${sequence % 10}__tool_${sequence % 19}`;
  return shotOf(keys, name, { id: sequence, project, text: text(sequence) }, 'ok');
}

/** 1 % forbidden and 1 % invalid among good ones. */
export function governedShot(keys: readonly BenchKey[]): Shot {
  const next = sequence + 1;
  if (next % 100 !== 0 && next % 100 !== 50) return goodShot(keys);
  sequence = next;
  if (next % 100 === 50)
    return shotOf(keys, `s${next % 10}__tool_1`, { id: 'no number' }, 'invalid_arguments');
  return shotOf(keys, forbiddenTool, { id: next, text: text(next) }, 'denied');
}

function shotOf(keys: readonly BenchKey[], name: string, args: unknown, expect: Shot['expect']): Shot {
  const key = keys[sequence % keys.length];
  if (key === undefined) throw new Error('no keys were seeded');
  return {
    path: `/${key.tenant}/main/key/mcp`,
    headers: { ...modern, 'mcp-name': name, authorization: `Bearer ${key.secret}` },
    body: body(sequence, name, args),
    expect,
  };
}
