import { inspectionLimits } from './inspection-limits.ts';

/** The texts of a JSON value, one a line, as far as a later tier reads. */
export function textOf(value: unknown, limit: number = inspectionLimits.maxDeeperUnits): string {
  const texts: string[] = [];
  let left = limit;
  const visit = (node: unknown): void => {
    if (left <= 0) return;
    if (typeof node === 'string') {
      texts.push(node.slice(0, left));
      left -= node.length + 1;
    } else if (typeof node === 'object' && node !== null)
      for (const inner of Object.values(node)) visit(inner);
  };
  visit(value);
  return texts.join('\n');
}
