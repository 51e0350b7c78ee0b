/** The phrases of a table, parted by `¦`: long lists stay readable. */
export function phrases(table: string): readonly string[] {
  return table.split('¦').map((phrase) => phrase.trim());
}
