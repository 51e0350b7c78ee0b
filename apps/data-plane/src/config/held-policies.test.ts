import { expect, it } from 'vitest';
import { asksForApproval } from './held-policies.ts';

const permit = 'permit (principal, action, resource);';

it.each([
  `@approval("yes")\n${permit}`,
  `@approval\n${permit}`,
  `@approval ${permit}`,
  `@ approval ${permit}`,
  `@// why\napproval // who\n("yes") ${permit}`,
  `@id("a // b")@approval ${permit}`,
  `@reason("say \\"no\\"") @approval ${permit}`,
])('T21: a policy that wants approval is held however it is written: %s', (text) => {
  expect(asksForApproval(text)).toBe(true);
});

it.each([
  permit,
  `// @approval\n${permit}`,
  `@advice("use @approval(x)") ${permit}`,
  `@approvals("x") ${permit}`,
  'permit (principal, action, resource) when { context.args.approval == true };',
])('a policy that only speaks of approval is not held: %s', (text) => {
  expect(asksForApproval(text)).toBe(false);
});
