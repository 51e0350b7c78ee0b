import type { FindingSeverity as Word } from '@sallyport/detection';
import type { FindingSeverity } from '../../../generated/graphql.ts';

/** The API's word for a severity of the library. */
export function severityOf(severity: Word): FindingSeverity {
  return severity.toUpperCase() as Uppercase<Word>;
}
