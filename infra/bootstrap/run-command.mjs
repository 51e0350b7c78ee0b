import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const keptCharacters = 200_000;

/** Children of the running command end with us; see `killCommands`. */
const running = new Set();

/** Runs a command to its end and returns its exit code with the end of what it printed; never throws for a non-zero code. */
export const runCommand = (
  command,
  args,
  { cwd = root, env = process.env, input, print = false, uid, gid } = {},
) =>
  new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid }),
    });
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout = (stdout + chunk).slice(-keptCharacters);
      if (print) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-keptCharacters);
      if (print) process.stderr.write(chunk);
    });
    child.on('error', (error) => {
      running.delete(child);
      done({ code: 127, stdout, stderr: stderr + error.message, output: error.message });
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      done({ code: code ?? 128, signal, stdout, stderr, output: `${stdout}${stderr}` });
    });
    if (input !== undefined) child.stdin.end(input);
  });

/** Ends every command that still runs, for a launcher that is told to stop in the middle of its work. */
export const killCommands = () => {
  for (const child of running) child.kill('SIGTERM');
};

/** Colours and cursor movements, which mean nothing in a message. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const escapes = /\u001b\[[0-9;?]*[A-Za-z]/gu;

/** The last lines of an output, for a fault message. */
export const tail = (text, lines = 15) =>
  text.replaceAll(escapes, '').trimEnd().split('\n').slice(-lines).join('\n');
