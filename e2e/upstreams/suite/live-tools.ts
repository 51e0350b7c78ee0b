import { form, objectSchema, pause, type SuiteTool, sampling, type Talk, text } from './talk.ts';

const live = (name: string, description: string, work: (talk: Talk) => Promise<string>): SuiteTool => ({
  definition: { name, description, inputSchema: objectSchema() },
  run: async (_args, talk) => text(await work(talk)),
});

/** Tools that say something before they answer, or that change something. */
export const liveTools: readonly SuiteTool[] = [
  live('test_tool_with_logging', 'Logs three times while it works.', async (talk) => {
    await talk.log('info', 'Tool execution started');
    await pause(50, talk.signal);
    await talk.log('info', 'Tool processing data');
    await pause(50, talk.signal);
    await talk.log('info', 'Tool execution completed');
    return 'logged three times';
  }),
  live('test_logging_tool', 'Logs once.', async (talk) => {
    await talk.log('info', 'one message');
    return 'logged once';
  }),
  live('test_tool_with_progress', 'Tells its progress three times.', async (talk) => {
    for (const done of [0, 50, 100]) {
      await talk.progress(done, 100);
      // After the last one too: the 1.x client forgets its listener when the answer comes in the same breath.
      await pause(50, talk.signal);
    }
    return 'done';
  }),
  live(
    'test_reconnection',
    'Ends its stream early; the answer waits for the client to come back.',
    async (talk) => {
      talk.closeStream();
      await pause(100, talk.signal);
      return 'The client came back for this.';
    },
  ),
  live('test_streaming_elicitation', 'Tells progress, then asks.', async (talk) => {
    await talk.progress(1, 2);
    const question = form('Go on?', { ok: { type: 'boolean' } });
    await talk.ask({ go_on: question });
    return 'went on';
  }),
  // Asks for a model whether the client has one or not: what becomes of that is what is tested.
  live('test_missing_capability', 'Needs sampling.', async (talk) => {
    await talk.ask({ needed: sampling('Are you there?') });
    return 'sampled';
  }),
  // The lists stay as they are: a list that truly changes would be held back until somebody approves it.
  live('test_trigger_tool_change', 'Says that the tools changed.', async (talk) => {
    talk.announce('tools');
    return 'told';
  }),
  live('test_trigger_prompt_change', 'Says that the prompts changed.', async (talk) => {
    talk.announce('prompts');
    return 'told';
  }),
  live('test_touch_resource', 'Says that test://watched-resource was updated.', async (talk) => {
    talk.announce({ updated: 'test://watched-resource' });
    return 'touched';
  }),
  {
    definition: {
      name: 'test_wait',
      description: 'Waits, unless it is cancelled first.',
      inputSchema: objectSchema({ ms: { type: 'integer', minimum: 0, maximum: 60000 } }, ['ms']),
    },
    async run({ ms }, talk) {
      await talk.progress(0, Number(ms));
      await pause(Number(ms), talk.signal);
      return text(`waited ${Number(ms)} ms`);
    },
  },
];
