import type { Ask, ClientAnswer } from '../upstream/turn.ts';

/** What an upstream asks at once, by keys of its own. */
export type Asks = Readonly<Record<string, Ask>>;
/** What the client said to it. */
export type Answers = Readonly<Record<string, ClientAnswer>>;
