import { argumentRule } from './argument-view.ts';
import type { SqlScan } from './sql-place.ts';
import { sqlProbes } from './sql-words.ts';
import { tokenAt } from './tokens.ts';

const rule = argumentRule('sql_function', 'SQL: functions that probes are made of');

/** Two functions of a probe, or one beside a break. */
export function checkSqlFunctions(scan: SqlScan): void {
  if (scan.view.role === 'sql' || scan.view.role === 'code' || scan.view.isProse) return;
  let count = 0;
  let first = -1;
  let last = -1;
  for (let at = 0; at < scan.tokens.length; at += 1) {
    if (!sqlProbes.has(tokenAt(scan.tokens, at).text) || tokenAt(scan.tokens, at + 1).text !== '(') continue;
    if (first < 0) first = at;
    last = at + 1;
    count += 1;
  }
  if (count > 0 && scan.breaks) scan.note(rule, first, last, 0.85);
  else if (count > 2) scan.note(rule, first, last, 0.5);
}
