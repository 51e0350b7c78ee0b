import type { ArgumentRole } from '@sallyport/detection';

/** What the schema of a tool says its arguments are for. */
export function guessRoles(_tool: {
  readonly name: string;
  readonly definition: string;
}): Readonly<Record<string, ArgumentRole>> {
  return {};
}
