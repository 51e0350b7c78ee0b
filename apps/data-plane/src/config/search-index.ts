import { createToolSearch, searchableTool, type ToolSearch } from '@sallyport/mcp';
import type { EndpointContext, ExposedItem } from '@sallyport/snapshot';
import { isForAppsOnly, shownDefinition } from './shown-item.ts';
import { hasInvalidParameters } from './tool-parameters.ts';

interface Searched {
  readonly items: readonly ExposedItem[];
  readonly search: ToolSearch;
}

const known = new WeakMap<EndpointContext, Searched>();

/** The index over an endpoint's tools, made when first searched: approved words alone, whoever asks. */
export function searchOf(endpoint: EndpointContext): Searched {
  let searched = known.get(endpoint);
  if (!searched) {
    const entries = endpoint
      .listed('tool')
      .filter(({ context }) => !hasInvalidParameters(context))
      .map((item) => ({ item, definition: shownDefinition(item, endpoint) }))
      .filter(({ definition }) => !isForAppsOnly(definition));
    searched = {
      items: entries.map(({ item }) => item),
      search: createToolSearch(entries.map(({ item, definition }) => searchableTool(item.name, definition))),
    };
    known.set(endpoint, searched);
  }
  return searched;
}
