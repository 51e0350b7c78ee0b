import { describe, expect, it } from 'vitest';
import { fromVitest, judgeSkips, orEmpty, readAllowedSkips, sumLine } from './test-results.mjs';

const file = (assertionResults: object[], status = 'passed', message = '') => ({
  name: 'a.test.ts',
  status,
  message,
  assertionResults,
});

describe('the sum of all suites', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = {
      success: false,
      testResults: [
        file([
          { fullName: 'a', status: 'passed' },
          { fullName: 'b', status: 'failed', failureMessages: ['no'] },
          { fullName: 'c', status: 'pending' },
          { fullName: 'd', status: 'todo' },
        ]),
      ],
    };
    expect(sumLine(fromVitest('unit', report))).toBe('1 passed, 1 failed, 2 skipped');
  });

  it('counts a file that did not load and an error outside of every test as failed', () => {
    expect(fromVitest('unit', { success: false, testResults: [file([], 'failed', 'syntax')] })).toMatchObject(
      [{ status: 'failed', why: 'syntax' }],
    );
    expect(
      sumLine(
        fromVitest('unit', { success: false, testResults: [file([{ fullName: 'a', status: 'passed' }])] }),
      ),
    ).toBe('1 passed, 1 failed, 0 skipped');
  });

  it('counts a suite that ran nothing as failed', () => {
    expect(sumLine(orEmpty('e2e', []))).toBe('0 passed, 1 failed, 0 skipped');
    expect(sumLine(orEmpty('e2e', [{ name: 'e2e: x', status: 'skipped', why: '' }]))).toBe(
      '0 passed, 1 failed, 1 skipped',
    );
  });

  it('lets only named skips pass, each with a reason', () => {
    const allowed = readAllowedSkips('# why\nx needs Docker — no engine on this machine\n');
    const tests = [
      { name: 'e2e: x needs Docker', status: 'skipped' },
      { name: 'e2e: y', status: 'skipped' },
    ];
    expect(sumLine(judgeSkips(tests, allowed))).toBe('0 passed, 1 failed, 1 skipped');
    expect(() => readAllowedSkips('x needs Docker')).toThrow('no reason');
  });
});
