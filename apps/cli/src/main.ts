import { examine } from './doctor/doctor.ts';
import { formatFindings } from './doctor/finding.ts';
import { type Env, readEnv } from './env.ts';
import { fetchLoginLink } from './login-link.ts';

const usage = `sallyport <command>

  doctor        look at everything an installation needs, and say what to do
  login-link    print a fresh one-time sign-in link for the console
  help          print this
`;

const doctor = async (env: Env): Promise<number> => {
  const findings = await examine(env);
  const broken = findings.filter(({ kind }) => kind === 'broken').length;
  const sum = broken === 0 ? 'All is well.' : `${broken} of ${findings.length} checks failed.`;
  process.stdout.write(`\n${formatFindings(findings)}\n\n  ${sum}\n\n`);
  return broken === 0 ? 0 : 1;
};

const loginLink = async (env: Env): Promise<number> => {
  const link = await fetchLoginLink(env.SALLYPORT_HOME);
  if (link.kind === 'link') {
    process.stdout.write(`${link.url}\n`);
    return 0;
  }
  process.stderr.write(`${link.reason}\n`);
  return 1;
};

const help = async (): Promise<number> => {
  process.stdout.write(usage);
  return 0;
};

const commands: Readonly<Record<string, (env: Env) => Promise<number>>> = {
  doctor,
  'login-link': loginLink,
  help,
  '--help': help,
};

const name = process.argv[2] ?? 'help';
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await command(readEnv(process.env));
}
