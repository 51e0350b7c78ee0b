import { accepted, form, objectSchema, ProtocolFault, pause, type SuiteTool, text } from './talk.ts';

/** The tools of the tasks scenarios; without tasks they do the same while the caller waits. */
export const taskTools: readonly SuiteTool[] = [
  {
    definition: {
      name: 'greet',
      description: 'Greets at once, never as a task.',
      inputSchema: objectSchema({ name: { type: 'string' } }, ['name']),
    },
    run: ({ name }) => text(`Hello, ${String(name)}!`),
  },
  {
    definition: {
      name: 'slow_compute',
      description: 'Computes for some seconds.',
      inputSchema: objectSchema({ seconds: { type: 'number' }, label: { type: 'string' } }, ['seconds']),
      execution: { taskSupport: 'optional' },
    },
    task: { support: 'optional' },
    async run({ seconds, label }, talk) {
      await pause(Number(seconds) * 1000, talk.signal);
      return text(`computed ${String(label ?? '')}`);
    },
  },
  {
    definition: {
      name: 'failing_job',
      description: 'Fails as a tool after a while; runs as a task only.',
      inputSchema: objectSchema(),
      execution: { taskSupport: 'required' },
    },
    task: { support: 'required' },
    async run(_args, talk) {
      await pause(300, talk.signal);
      return { ...text('the job failed'), isError: true };
    },
  },
  {
    definition: {
      name: 'protocol_error_job',
      description: 'Breaks below the level of tools.',
      inputSchema: objectSchema(),
      execution: { taskSupport: 'optional' },
    },
    task: { support: 'optional' },
    async run(_args, talk) {
      await pause(100, talk.signal);
      throw new ProtocolFault(-32603, 'the job broke');
    },
  },
  {
    definition: {
      name: 'confirm_delete',
      description: 'Asks before it deletes nothing.',
      inputSchema: objectSchema({ filename: { type: 'string' } }, ['filename']),
      execution: { taskSupport: 'optional' },
    },
    task: { support: 'optional' },
    async run({ filename }, talk) {
      const question = form(`Delete ${String(filename)}?`, { confirm: { type: 'boolean' } });
      const { confirm } = await talk.ask({ confirm: question });
      return text(accepted(confirm).confirm === true ? `deleted ${String(filename)}` : 'kept');
    },
  },
  {
    definition: {
      name: 'multi_input',
      description: 'Asks two things at once.',
      inputSchema: objectSchema(),
      execution: { taskSupport: 'optional' },
    },
    task: { support: 'optional' },
    async run(_args, talk) {
      const answers = await talk.ask({
        first: form('First name?', { name: { type: 'string' } }),
        second: form('Second name?', { name: { type: 'string' } }),
      });
      return text(`${String(accepted(answers.first).name)} ${String(accepted(answers.second).name)}`);
    },
  },
  {
    definition: {
      name: 'test_tool_with_task',
      description: 'Asks for a name, then works on as a task.',
      inputSchema: objectSchema(),
      execution: { taskSupport: 'required' },
    },
    task: {
      support: 'required',
      async prepare(_args, talk) {
        const question = form('What is your name?', { name: { type: 'string' } });
        const { user_name } = await talk.ask({ user_name: question });
        return { userName: accepted(user_name).name };
      },
    },
    async run(_args, talk, { userName }) {
      await pause(100, talk.signal);
      return text(`Hello, ${String(userName)}!`);
    },
  },
];
