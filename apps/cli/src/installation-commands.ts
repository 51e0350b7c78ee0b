import { examine } from './doctor/doctor.ts';
import { formatFindings } from './doctor/finding.ts';
import { readEnv } from './env.ts';
import { fetchLoginLink } from './login-link.ts';

/** `sallyport doctor`; returns the exit code. */
export const doctor = async (): Promise<number> => {
  const findings = await examine(readEnv(process.env));
  const broken = findings.filter(({ kind }) => kind === 'broken').length;
  const sum = broken === 0 ? 'All is well.' : `${broken} of ${findings.length} checks failed.`;
  process.stdout.write(`\n${formatFindings(findings)}\n\n  ${sum}\n\n`);
  return broken === 0 ? 0 : 1;
};

/** `sallyport login-link`; returns the exit code. */
export const loginLink = async (): Promise<number> => {
  const link = await fetchLoginLink(readEnv(process.env).SALLYPORT_HOME);
  if (link.kind === 'link') {
    process.stdout.write(`${link.url}\n`);
    return 0;
  }
  process.stderr.write(`${link.reason}\n`);
  return 1;
};
