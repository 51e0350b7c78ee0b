/** The figures of the redaction, where its evaluation is there. */
export async function redactionFigures(_args: readonly string[]): Promise<unknown> {
  return undefined;
}
