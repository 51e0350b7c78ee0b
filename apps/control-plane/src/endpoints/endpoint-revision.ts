import { createHash } from 'node:crypto';
import { canonicalJson } from '@sallyport/kernel';
import type { EndpointDraft } from './endpoint-input.ts';

/**
 * Names one state of an endpoint: an edit says which one it was made on. Two people who bring it to the same state
 * have not disturbed each other.
 */
export function endpointRevision(draft: EndpointDraft): string {
  const { name, selection, naming, toolSearch } = draft;
  const items = [...draft.items]
    .map((item) => ({
      toolId: item.toolId,
      name: item.name,
      description: item.description,
      hidden: item.hidden,
    }))
    .sort((a, b) => (a.toolId < b.toolId ? -1 : 1));
  const text = canonicalJson({ name, selection, naming, toolSearch, items });
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
