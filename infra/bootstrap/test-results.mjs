/** One test of any suite: `passed`, `failed` (with why) or `skipped`. */

/** The tests of a vitest JSON report. A file that did not load, or a run that says it failed without naming a test, is a failed test. */
export const fromVitest = (suite, report) => {
  const tests = report.testResults.flatMap((file) => [
    ...file.assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: `${suite}: ${fullName}`,
      status: status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped',
      why: (failureMessages ?? []).join('\n'),
    })),
    ...(file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')
      ? [{ name: `${suite}: ${file.name}`, status: 'failed', why: file.message || 'the file did not run' }]
      : []),
  ]);
  if (!report.success && !tests.some(({ status }) => status === 'failed'))
    tests.push({
      name: `${suite}: the run`,
      status: 'failed',
      why: 'an error outside of every test; see the output above',
    });
  return tests;
};

/** Each check of the house is one test. */
export const fromChecks = (results) =>
  results.map(({ name, isGood, output }) => ({
    name: `check: ${name}`,
    status: isGood ? 'passed' : 'failed',
    why: isGood ? '' : output,
  }));

/** A suite that ran no test is a failure: it looks green and is blind. */
export const orEmpty = (suite, tests) =>
  tests.some(({ status }) => status !== 'skipped')
    ? tests
    : [...tests, { name: `${suite}: the run`, status: 'failed', why: 'the suite ran no test' }];

/** Names that may be skipped, from lines `name — reason`; a line without a reason is refused. */
export const readAllowedSkips = (text) =>
  new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [name, reason] = line.split(' — ');
        if (!reason) throw new Error(`allowed-skips: no reason for ${JSON.stringify(line)}`);
        return name.trim();
      }),
  );

/** In CI a skip that nobody allowed is a failure. */
export const judgeSkips = (tests, allowed) =>
  tests.map((test) => {
    if (test.status !== 'skipped') return test;
    const isAllowed = [...allowed].some((name) => test.name === name || test.name.endsWith(`: ${name}`));
    return isAllowed ? test : { ...test, status: 'failed', why: 'skipped, and not in e2e/allowed-skips.txt' };
  });

/** The last line of `npm test`. */
export const sumLine = (tests) => {
  const count = (wanted) => tests.filter(({ status }) => status === wanted).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
};
