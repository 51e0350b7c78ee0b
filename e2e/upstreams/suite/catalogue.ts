import { askingTools, roundTripTools } from './asking-tools.ts';
import { contentTools } from './content-tools.ts';
import { liveTools } from './live-tools.ts';
import type { SuiteTool } from './talk.ts';
import { taskTools } from './task-tools.ts';

/** Every tool that a scenario of the official suite or a journey of ours calls. */
export const suiteTools: readonly SuiteTool[] = [
  ...contentTools,
  ...liveTools,
  ...askingTools,
  ...roundTripTools,
  ...taskTools,
];

const byName = new Map(suiteTools.map((tool) => [tool.definition.name, tool]));

/** The tool of this name. */
export const suiteTool = (name: string): SuiteTool | undefined => byName.get(name);

/** What both fixtures say of themselves in `instructions`. */
export const instructions = 'A server for the official conformance suite; it does nothing outside of it.';
