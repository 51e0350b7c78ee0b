import { AppError } from '@sallyport/kernel';
import {
  envelopeMeta,
  headerParameters,
  isJsonObject,
  latestModernVersion,
  mirroredHeaders,
  type WireObject,
} from '@sallyport/mcp';
import { z } from 'zod';

/** What the inspector may ask of an endpoint: requests of a client, no notification and nothing that stays open. */
export const inspectorMethods = [
  'server/discover',
  'tools/list',
  'tools/call',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'completion/complete',
] as const;

/** Receipts name their client by this. */
export const inspectorClient = { name: 'sallyport-inspector', version: '1' } as const;

/** The page answers all of these by a form. */
const capabilities: WireObject = {
  elicitation: { form: {}, url: {} },
  sampling: {},
  roots: {},
};

const bodySchema = z.strictObject({
  agentId: z.string().max(60),
  endpointId: z.string().max(60),
  id: z.number().int().min(1).max(2_147_483_647),
  method: z.enum(inspectorMethods),
  params: z.record(z.string(), z.unknown()).default({}),
  /** The tool's own schema, for headers that mirror arguments. */
  inputSchema: z.record(z.string(), z.unknown()).optional(),
});

export type InspectorBody = z.infer<typeof bodySchema>;

/** Reads what the page sent. @throws AppError `invalid_input` */
export function readInspectorBody(body: unknown): InspectorBody {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new AppError('invalid_input', 'not a message of the inspector', { details: { field } });
}

export interface InspectorMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The message as a client of the modern era sends it; `_meta` is ours alone. */
export function writeInspectorMessage({ id, method, params, inputSchema }: InspectorBody): InspectorMessage {
  const { _meta: _ignored, ...given } = params;
  const meta = envelopeMeta({
    version: latestModernVersion,
    clientInfo: inspectorClient,
    clientCapabilities: capabilities,
    extra: { progressToken: id, 'io.modelcontextprotocol/logLevel': 'debug' },
  });
  const whole = { ...given, _meta: meta };
  if (!isJsonObject(whole)) throw new AppError('invalid_input');
  const found = inputSchema ? headerParameters(inputSchema) : undefined;
  const headers = mirroredHeaders({
    version: latestModernVersion,
    method,
    params: whole,
    ...(found?.kind === 'ok' ? { parameters: found.parameters } : {}),
  });
  return { headers, text: JSON.stringify({ jsonrpc: '2.0', id, method, params: whole }) };
}
