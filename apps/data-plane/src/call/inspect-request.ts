import { isJsonObject, type WireObject } from '@sallyport/mcp';
import type { Inspected, Inspector } from '../inspection/inspector.ts';
import { rewriteArguments } from '../inspection/rewrite-arguments.ts';
import type { ArgumentSchemas } from './argument-schema.ts';
import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

export interface InspectRequestDeps {
  readonly inspector: Inspector;
  readonly schemas: ArgumentSchemas;
}

/** Stage 8: what the arguments carry out. What leaves afterwards is what was left of them. */
export function createInspectRequest(deps: InspectRequestDeps): Stage<'authorized', 'requestInspected'> {
  return (call) => {
    const inspected = deps.inspector.inspect(call, {
      direction: 'outbound',
      surface: 'arguments',
      value: call.args,
      schema: call.method === 'tools/call' ? call.tool.inputSchema() : undefined,
    });
    return inspected instanceof Promise
      ? inspected.then((late) => takeArguments(deps, call, late))
      : takeArguments(deps, call, inspected);
  };
}

type Next = Call<'requestInspected'> | Stop;

function takeArguments(
  deps: InspectRequestDeps,
  call: Call<'authorized'>,
  inspected: Inspected,
): Next | Promise<Next> {
  if (inspected.kind === 'blocked') return inspected.stop;
  const { value } = inspected;
  if (value !== call.args) {
    const halted = isJsonObject(value) ? rewrite(deps, call, value) : unfit();
    if (halted) return halted;
  }
  // What the caller's `_meta` carries goes upstream too.
  if (call.passMeta === null) return grant<'requestInspected'>(call);
  const meta = deps.inspector.inspect(call, {
    direction: 'outbound',
    surface: 'arguments',
    value: call.passMeta,
  });
  return meta instanceof Promise ? meta.then((late) => takeMeta(call, late)) : takeMeta(call, meta);
}

function takeMeta(call: Call<'authorized'>, inspected: Inspected): Next {
  if (inspected.kind === 'blocked') return inspected.stop;
  if (isJsonObject(inspected.value)) call.passMeta = inspected.value;
  return grant<'requestInspected'>(call);
}

/** Invariant: what is left of arguments fits the approved schema, or nothing leaves; a URI is never another one. */
function rewrite(
  { schemas }: InspectRequestDeps,
  call: Call<'authorized'>,
  args: WireObject,
): Stop | undefined {
  const { tool } = call;
  // The URI of an approved resource is the server's own word; one that a template makes is the caller's.
  if (call.method === 'resources/read') return tool.tool.kind === 'resource' ? undefined : unfit();
  if (call.method === 'tools/call') {
    const { digest } = tool.tool;
    const fit = schemas.check(digest, () => tool.inputSchema(), args, call.argsText.length);
    if (fit.kind !== 'fits') return unfit();
  }
  rewriteArguments(call, args);
  return undefined;
}

function unfit(): Stop {
  const title = 'What must not leave cannot be taken out of these arguments';
  return stop('blocked_request', { details: { finding: 'redaction_unfit', path: '', title } });
}
