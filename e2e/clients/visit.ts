/** Where a client goes, with the key that it sends. */
export interface Destination {
  readonly url: string;
  readonly key: string;
}

/** What a client saw of a suite fixture: one of everything. */
export interface Visit {
  readonly tools: readonly string[];
  readonly called: string;
  readonly prompt: string;
  readonly resource: string;
  readonly template: string;
  /** Progress messages during one call; `undefined` where this client shows none. */
  readonly progress: number | undefined;
  /** What the tool says of the user's answer; `undefined` where this client cannot be asked. */
  readonly elicited: string | undefined;
}

/** A real client, made by others, that pays the same visit as all. */
export interface RealClient {
  readonly name: string;
  visit(destination: Destination): Promise<Visit>;
}

/** The arguments of the visit, the same for every client. */
export const errand = {
  tool: { name: 'greet', arguments: { name: 'Ada' } },
  prompt: { name: 'test_prompt_with_arguments', arguments: { arg1: 'left', arg2: 'right' } },
  resource: 'test://static-text',
  template: 'test://template/7/data',
  progress: { name: 'test_tool_with_progress', arguments: {} },
  elicitation: { name: 'test_elicitation', arguments: { message: 'Who are you?' } },
  answer: { username: 'ada', email: 'ada@example.com' },
} as const;

interface Block {
  readonly type: string;
  readonly text?: string;
}

/** The text of the first block of a tool result. */
export const textOf = (result: unknown): string =>
  (result as { content?: readonly Block[] }).content?.find(({ type }) => type === 'text')?.text ?? '';

/** The text of a prompt's first message. */
export const promptText = (result: unknown): string =>
  (result as { messages?: readonly { content: Block }[] }).messages?.[0]?.content.text ?? '';

/** The text of a resource's first part. */
export const resourceText = (result: unknown): string =>
  (result as { contents?: readonly Block[] }).contents?.[0]?.text ?? '';

/** The official SDK client of either generation, as far as the visit needs it. */
export interface SdkClient {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>;
  callTool(params: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
  getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<unknown>;
  readResource(params: { uri: string }): Promise<unknown>;
  close(): Promise<void>;
}

/** Pays the visit with an SDK client that counts progress and answers forms. */
export async function visitWith(
  client: SdkClient,
  callWithProgress: (onProgress: () => void) => Promise<unknown>,
): Promise<Visit> {
  try {
    let progress = 0;
    const { tools } = await client.listTools();
    const called = await client.callTool(errand.tool);
    const prompt = await client.getPrompt(errand.prompt);
    const resource = await client.readResource({ uri: errand.resource });
    const template = await client.readResource({ uri: errand.template });
    await callWithProgress(() => {
      progress += 1;
    });
    const elicited = await client.callTool(errand.elicitation);
    return {
      tools: tools.map(({ name }) => name),
      called: textOf(called),
      prompt: promptText(prompt),
      resource: resourceText(resource),
      template: resourceText(template),
      progress,
      elicited: textOf(elicited),
    };
  } finally {
    await client.close();
  }
}
