const usage = `sallyport <command>

  detect        judge tool definitions, results, arguments, resources and prompts (--help)
  redact        find and mask secrets and personal data (--help)
  doctor        look at everything an installation needs, and say what to do
  login-link    print a fresh one-time sign-in link for the console
  help          print this
`;

const help = async (): Promise<number> => {
  process.stdout.write(usage);
  return 0;
};

/** Each command is loaded when it is asked for: what one needs shall not slow another down. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  detect: async (args) => (await import('./detect/detect.ts')).detect(args),
  redact: async (args) => (await import('./redact/redact.ts')).redact(args),
  doctor: async () => (await import('./installation-commands.ts')).doctor(),
  'login-link': async () => (await import('./installation-commands.ts')).loginLink(),
  help,
  '--help': help,
};

const [name = 'help', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${usage}`);
  process.exitCode = 2;
} else {
  process.exitCode = await command(args);
}
