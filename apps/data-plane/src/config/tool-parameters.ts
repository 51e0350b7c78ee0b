import { type HeaderParameter, headerParameters } from '@sallyport/mcp';
import type { ToolContext } from '@sallyport/snapshot';

const known = new WeakMap<ToolContext, readonly HeaderParameter[] | 'invalid'>();
const none: readonly HeaderParameter[] = [];

function read(tool: ToolContext): readonly HeaderParameter[] | 'invalid' {
  let parameters = known.get(tool);
  if (parameters === undefined) {
    const found = headerParameters(tool.inputSchema());
    parameters = found.kind === 'ok' ? found.parameters : 'invalid';
    known.set(tool, parameters);
  }
  return parameters;
}

/** The arguments of a tool that `Mcp-Param-*` headers mirror; none where its marks are not valid. */
export function parametersOf(tool: ToolContext): readonly HeaderParameter[] {
  const parameters = read(tool);
  return parameters === 'invalid' ? none : parameters;
}

/** Whether a tool marks arguments in a way that the protocol does not know: then it must not be listed. */
export function hasInvalidParameters(tool: ToolContext): boolean {
  return read(tool) === 'invalid';
}
