/** Text and comments of Cedar: nothing in them is an annotation. */
const textOrComment = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*/g;
/** Cedar takes space between `@` and the name, and an annotation without a value. */
const approvalAnnotation = /@\s*approval(?![A-Za-z0-9_])/;

/**
 * Whether a policy carries `@approval`, in any way Cedar lets it be written: with a value or without, with space or
 * comments between. Invariant: T21, a hold that is not recognised would be a permit.
 */
export function asksForApproval(policyText: string): boolean {
  const code = policyText.replace(textOrComment, (found) => (found.startsWith('"') ? '""' : ' '));
  return approvalAnnotation.test(code);
}
