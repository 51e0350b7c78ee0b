import { actionFor, restoreTokens, type SensitiveType } from '@sallyport/detection';
import { isJsonObject } from '@sallyport/mcp';
import { type Call, grant, type Stop, stop } from '../call/call.ts';
import type { Stage } from '../call/pipeline.ts';
import { noteFindings, ownFinding } from './call-finding.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { bookOwner, type Inspectable } from './inspector.ts';
import { rewriteArguments } from './rewrite-arguments.ts';
import type { ToolInspection } from './tenant-inspection.ts';
import type { TokenBooks } from './token-books.ts';

const token = /<[A-Z][A-Z0-9_]{0,39}_[0-9]{1,6}>/g;
/** Methods whose arguments are free values; a URI leads where it was resolved to. */
const restorable: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'tasks/update']);

/**
 * Before arguments are compared with their schema and judged by policies: tokens that this session was given become
 * values again, where the tenant allows it. Invariant: what is judged is what leaves.
 */
export function createRestoreTokens(books: TokenBooks): Stage<'admitted', 'restored'> {
  return (call) => {
    if (!restorable.has(call.method) || !hasTokens(call.argsText)) return grant<'restored'>(call);
    if (call.tenant.inspection.settings.restoreTokens === 'never') return grant<'restored'>(call);
    return books.refresh(bookOwner(call)).then(() => restore(call, books));
  };
}

/** Whether a text may hold tokens. Most hold no `<` at all. */
export function hasTokens(text: string): boolean {
  return text.includes('<') && text.search(token) >= 0;
}

function restore(call: Call<'admitted'>, books: TokenBooks): Call<'restored'> | Stop {
  const { args } = call;
  const restored = restoreValue(call, books, args);
  if (restored.value !== args && isJsonObject(restored.value)) {
    // What is kept of the call has the tokens, not the values.
    call.keptArgs = args;
    rewriteArguments(call, restored.value);
  }
  return restored.stop ?? grant<'restored'>(call);
}

/** A value with its tokens restored, and what is to be said of those that stay. */
export function restoreValue<T>(
  call: Inspectable,
  books: TokenBooks,
  value: T,
): { readonly value: T; readonly stop: Stop | undefined } {
  const tool = call.tenant.inspection.of(call.tool);
  const owner = bookOwner(call);
  const server = call.upstream.server.id;
  const isAnyServer = call.tenant.inspection.settings.restoreTokens === 'always';
  let withheld = 0;
  let given = 0;
  const view = {
    ...emptyBook,
    valueOf(name: string): string | undefined {
      const found = books.find(owner, name, server);
      if (found === undefined) return undefined;
      given += 1;
      if ((isAnyServer || found.isOfServer) && given <= inspectionLimits.maxRestored) return found.value;
      withheld += 1;
      return undefined;
    },
  };
  const restored = restoreTokens(value, view, (type) => mayLeave(tool, type));
  const unknown = restored.unknown - withheld;
  const stopped =
    report(call, tool, 'token_withheld', 'A token stays a token here', withheld + restored.withheld) ??
    report(call, tool, 'token_unknown', 'A token that this session was not given', unknown);
  return { value: restored.restored > 0 ? (restored.value as T) : value, stop: stopped };
}

const emptyBook = {
  tokenFor: () => undefined,
  reserve: () => {},
  isChanged: false,
  isFull: true,
  size: 0,
  serialise: () => '[]',
} as const;

/** Only what may leave as it is comes back: anything else would be taken out again. */
function mayLeave({ outbound }: ToolInspection, type: SensitiveType): boolean {
  const action = outbound === null ? 'allow' : actionFor(outbound, type);
  return action === 'allow' || action === 'alert';
}

function report(
  call: Inspectable,
  tool: ToolInspection,
  code: string,
  title: string,
  count: number,
): Stop | undefined {
  if (count <= 0) return undefined;
  const more = count === 1 ? '' : ` (${count} times)`;
  const finding = ownFinding({ code, title: `${title}${more}`, severity: 'low', surface: 'arguments' });
  const isActing = call.tenant.settings.requestInspection === 'block';
  const action = isActing ? tool.modeOf(finding) : 'monitor';
  noteFindings(call, [{ ...finding, action }]);
  if (action !== 'block' && action !== 'mask') return undefined;
  return stop('blocked_request', { details: { finding: code, path: '', title } });
}
