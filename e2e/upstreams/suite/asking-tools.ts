import {
  accepted,
  form,
  type Json,
  objectSchema,
  type Question,
  roots,
  type SuiteTool,
  sampling,
  text,
} from './talk.ts';

const answeredText = (answer: Json | undefined): string => {
  const content = answer?.content;
  const block = (Array.isArray(content) ? content[0] : content) as { text?: unknown } | undefined;
  return typeof block?.text === 'string' ? block.text : '';
};

const told = (answer: Json | undefined) =>
  `action=${String(answer?.action)}, content=${JSON.stringify(answer?.content ?? {})}`;

const elicitation = (message: string, requestedSchema: Json): Question => ({
  method: 'elicitation/create',
  params: { mode: 'form', message, requestedSchema },
});

const titled = (...pairs: readonly [string, string][]) =>
  pairs.map(([value, title]) => ({ const: value, title }));
const plain = ['option1', 'option2', 'option3'];

const defaults = elicitation('Please review the defaults', {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'User name', default: 'John Doe' },
    age: { type: 'integer', description: 'User age', default: 30 },
    score: { type: 'number', description: 'User score', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', description: 'Verification status', default: true },
  },
  required: [],
});

const enums = elicitation('Please choose', {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: plain },
    titledSingle: {
      type: 'string',
      oneOf: titled(['value1', 'First Option'], ['value2', 'Second Option'], ['value3', 'Third Option']),
    },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: plain } },
    titledMulti: {
      type: 'array',
      items: { anyOf: titled(['value1', 'First Choice'], ['value2', 'Second Choice']) },
    },
  },
  required: [],
});

/** A tool without arguments that asks one question and tells the answer. */
const asks = (name: string, description: string, question: Question): SuiteTool => ({
  definition: { name, description, inputSchema: objectSchema() },
  async run(_args, talk) {
    const { answer } = await talk.ask({ answer: question });
    return text(`Elicitation completed: ${told(answer)}`);
  },
});

/** Tools that ask the client in the way of either era. */
export const askingTools: readonly SuiteTool[] = [
  {
    definition: {
      name: 'test_sampling',
      description: 'Has the client ask its model.',
      inputSchema: objectSchema({ prompt: { type: 'string' } }, ['prompt']),
    },
    async run({ prompt }, talk) {
      const { reply } = await talk.ask({ reply: sampling(String(prompt)) });
      return text(`LLM response: ${answeredText(reply)}`);
    },
  },
  {
    definition: {
      name: 'test_elicitation',
      description: 'Asks the user for name and address.',
      inputSchema: objectSchema({ message: { type: 'string' } }, ['message']),
    },
    async run({ message }, talk) {
      const fields = {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      };
      const { user } = await talk.ask({ user: form(String(message), fields) });
      return text(`User response: ${told(user)}`);
    },
  },
  asks('test_elicitation_sep1034_defaults', 'Asks with a default for every kind of field.', defaults),
  asks('test_elicitation_sep1330_enums', 'Asks with every kind of choice.', enums),
  {
    definition: {
      name: 'test_url_elicitation',
      description: 'Sends the user to a page.',
      inputSchema: objectSchema(),
    },
    async run(_args, talk) {
      const { visit } = await talk.ask({
        visit: {
          method: 'elicitation/create',
          params: {
            mode: 'url',
            message: 'Please sign in there.',
            url: 'https://example.com/sign-in?state=1',
            elicitationId: 'visit-1',
          },
        },
      });
      return text(`Visit: action=${String(visit?.action)}`);
    },
  },
  {
    definition: {
      name: 'test_list_roots',
      description: 'Asks which folders the client lends.',
      inputSchema: objectSchema(),
    },
    async run(_args, talk) {
      const { lent } = await talk.ask({ lent: roots });
      return text(`Roots: ${JSON.stringify(lent?.roots ?? [])}`);
    },
  },
];

const name = { name: { type: 'string' } };

/** The tools of the suite's multi-round-trip scenarios. */
export const roundTripTools: readonly SuiteTool[] = [
  roundTrip('elicitation', 'Asks for a name.', async (talk) => {
    const { user_name } = await talk.ask({ user_name: form('What is your name?', name) });
    return `Hello, ${String(accepted(user_name).name)}!`;
  }),
  roundTrip('sampling', 'Asks a model for a capital.', async (talk) => {
    const question = sampling('What is the capital of France?');
    const { capital_question } = await talk.ask({ capital_question: question });
    return answeredText(capital_question);
  }),
  roundTrip('list_roots', 'Asks for the roots.', async (talk) => {
    const { client_roots } = await talk.ask({ client_roots: roots });
    return `Roots: ${JSON.stringify(client_roots?.roots ?? [])}`;
  }),
  roundTrip('request_state', 'Gives the client a state to bring back.', async (talk) => {
    const question = form('Please confirm', { ok: { type: 'boolean' } });
    await talk.ask({ confirm: question }, { isSealed: true });
    return 'state-ok';
  }),
  roundTrip('multiple_inputs', 'Asks three things at once.', async (talk) => {
    const answers = await talk.ask(
      {
        user_name: form('What is your name?', name),
        greeting: sampling('Generate a greeting', 50),
        client_roots: roots,
      },
      { isSealed: true },
    );
    return `${answeredText(answers.greeting)} ${String(accepted(answers.user_name).name)}`;
  }),
  roundTrip('multi_round', 'Asks one thing after the other.', async (talk) => {
    const first = await talk.ask({ step1: form('Step 1: What is your name?', name) }, { isSealed: true });
    const colour = form('Step 2: What is your favorite color?', { color: { type: 'string' } });
    const second = await talk.ask({ step2: colour }, { isSealed: true });
    return `${String(accepted(first.step1).name)} likes ${String(accepted(second.step2).color)}`;
  }),
  roundTrip('tampered_state', 'Refuses a state that is not its own.', async (talk) => {
    const question = form('Please confirm', { ok: { type: 'boolean' } });
    await talk.ask({ confirm: question }, { isSealed: true });
    return 'the state was intact';
  }),
  roundTrip('capabilities', 'Asks only what the client can answer.', async (talk) => {
    const possible: Record<string, Question> = {};
    if (talk.clientCapabilities.elicitation) possible.user_name = form('What is your name?', name);
    if (talk.clientCapabilities.sampling) possible.greeting = sampling('Generate a greeting', 50);
    if (Object.keys(possible).length === 0) return 'nothing to ask';
    const answers = await talk.ask(possible);
    return `answered: ${Object.keys(answers).join(', ')}`;
  }),
];

function roundTrip(
  suffix: string,
  description: string,
  answer: (talk: Parameters<SuiteTool['run']>[1]) => Promise<string>,
): SuiteTool {
  return {
    definition: { name: `test_input_required_result_${suffix}`, description, inputSchema: objectSchema() },
    run: async (_args, talk) => text(await answer(talk)),
  };
}
