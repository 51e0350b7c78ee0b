import { describe, expect, it } from 'vitest';
import type { CallState } from '../call/call.ts';
import { inspectedCall } from './__fixtures__/inspected-call.ts';
import { onlyClass } from './__fixtures__/policies.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { keptBody, keptText } from './kept-form.ts';

const ada = 'ada.lovelace@analytical.example.org';
const key = `gh${'p_'}aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5`;
const callWith = (change: Partial<CallState>) =>
  ({
    ...inspectedCall({
      detection: { outbound: onlyClass('contact', 'alert'), inbound: onlyClass('contact', 'allow') },
    }),
    hasSensitive: true,
    argsText: '{}',
    resultText: null,
    ...change,
  }) as unknown as CallState;

describe('keptBody', () => {
  it('masks what a policy only tells of, and secrets that it lets pass', () => {
    const call = callWith({ argsText: JSON.stringify({ to: ada, note: key }) });
    expect(keptBody(call, 'outbound')).toBe('{"to":"[EMAIL]","note":"[GITHUB_TOKEN]"}');
  });

  it('keeps what a policy lets pass, and tokens in place of values', () => {
    const call = callWith({ resultText: JSON.stringify({ text: ada }), keptArgs: { to: '<EMAIL_1>' } });
    expect(keptBody(call, 'inbound')).toBe(JSON.stringify({ text: ada }));
    expect(keptBody(call, 'outbound')).toBe('{"to":"<EMAIL_1>"}');
  });

  it('costs nothing where nothing was found', () => {
    const argsText = JSON.stringify({ to: ada });
    expect(keptBody(callWith({ argsText, hasSensitive: false }), 'outbound')).toBe(argsText);
  });

  it('keeps nothing of what would take too long to be masked', () => {
    const argsText = JSON.stringify({ to: ada, text: 'x'.repeat(inspectionLimits.maxKeptUnits) });
    expect(keptBody(callWith({ argsText }), 'outbound')).toBeNull();
  });
});

it('keptText shows nothing of either direction', () => {
  expect(keptText(callWith({}), `of ${ada} with ${key}`)).toBe('of [EMAIL] with [GITHUB_TOKEN]');
});
