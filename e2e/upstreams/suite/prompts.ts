import { pngPixel } from './content-tools.ts';
import { accepted, form, type Json, ProtocolFault, type Talk } from './talk.ts';

/** A prompt as listed, and the messages it gives. */
interface SuitePrompt {
  readonly definition: Json & { readonly name: string };
  get(args: Json, talk: Talk): Promise<readonly unknown[]> | readonly unknown[];
}

const user = (content: Json) => ({ role: 'user', content });
const say = (value: string) => user({ type: 'text', text: value });
const argument = (name: string, description: string) => ({ name, description, required: true });

const prompts: readonly SuitePrompt[] = [
  {
    definition: { name: 'test_simple_prompt', description: 'Says one thing.' },
    get: () => [say('This is a simple prompt for testing.')],
  },
  {
    definition: {
      name: 'test_prompt_with_arguments',
      title: 'Prompt with arguments',
      description: 'Repeats its arguments.',
      arguments: [argument('arg1', 'First test argument'), argument('arg2', 'Second test argument')],
    },
    get: ({ arg1, arg2 }) => [say(`Prompt with arguments: arg1='${String(arg1)}', arg2='${String(arg2)}'`)],
  },
  {
    definition: {
      name: 'test_prompt_with_embedded_resource',
      description: 'Carries a resource.',
      arguments: [argument('resourceUri', 'URI of the resource to embed')],
    },
    get: ({ resourceUri }) => [
      user({
        type: 'resource',
        resource: {
          uri: String(resourceUri),
          mimeType: 'text/plain',
          text: 'Embedded resource content for testing.',
        },
      }),
      say('Please process the embedded resource above.'),
    ],
  },
  {
    definition: { name: 'test_prompt_with_image', description: 'Carries an image.' },
    get: () => [
      user({ type: 'image', data: pngPixel, mimeType: 'image/png' }),
      say('Please analyze the image above.'),
    ],
  },
  {
    definition: {
      name: 'test_input_required_result_prompt',
      description: 'Asks for a context first.',
    },
    async get(_args, talk) {
      const question = form('What context should the prompt use?', { context: { type: 'string' } });
      const { user_context } = await talk.ask({ user_context: question });
      return [say(`Use this context: ${String(accepted(user_context).context)}`)];
    },
  },
];

/** The listed prompts. */
export const promptDefinitions = prompts.map(({ definition }) => definition);

/** The result of `prompts/get`; an unknown name is a fault. */
export async function getPrompt(name: string, args: Json, talk: Talk): Promise<Json> {
  const prompt = prompts.find((one) => one.definition.name === name);
  if (prompt === undefined) throw new ProtocolFault(-32602, `Unknown prompt: ${name}`);
  return { description: prompt.definition.description, messages: await prompt.get(args, talk) };
}

const places = ['paris', 'park', 'party', 'test-1', 'test-2'];

/** The result of `completion/complete` for any argument of a prompt or template. */
export function complete(value: string): Json {
  const values = places.filter((place) => place.startsWith(value));
  return { completion: { values, total: values.length, hasMore: false } };
}
