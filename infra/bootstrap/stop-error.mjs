/** A fault that a person can mend: one sentence that says what is wrong, one that says what to do. */
export class StopError extends Error {
  constructor(sentence, advice) {
    super(sentence);
    this.name = 'StopError';
    this.advice = advice;
  }
}

/** Prints a fault for a person; only an unknown one shows its stack. */
export const printFault = (error) => {
  if (error instanceof StopError) {
    process.stderr.write(
      `\n  ✗ ${error.message}\n${error.advice ? `    ${error.advice.replaceAll('\n', '\n    ')}\n` : ''}\n`,
    );
    return;
  }
  process.stderr.write(
    `\n  ✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
  );
};
