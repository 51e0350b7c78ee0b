import { expandTemplate } from './form-model.ts';
import { asObject, type Json } from './json-value.ts';
import type { Target } from './send-message.ts';
import type { Capability } from './use-capabilities.ts';
import type { Request } from './use-runs.ts';

/** The message that uses a capability with these arguments. */
export function requestFor({ kind, name, definition }: Capability, target: Target, args: Json): Request {
  switch (kind) {
    case 'tool': {
      const inputSchema = asObject(definition.inputSchema) ?? undefined;
      return { target, method: 'tools/call', name, params: { name, arguments: args }, inputSchema };
    }
    case 'prompt':
      return { target, method: 'prompts/get', name, params: { name, arguments: args } };
    case 'resource':
      return { target, method: 'resources/read', name, params: { uri: name } };
    case 'template': {
      const uri = expandTemplate(name, args);
      return { target, method: 'resources/read', name: uri, params: { uri } };
    }
  }
}
