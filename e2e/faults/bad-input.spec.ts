import { afterAll, beforeAll } from 'vitest';
import { describeCallers } from './bad-input/callers.ts';
import { describeConsole } from './bad-input/console.ts';
import { type Ground, prepareGround } from './bad-input/ground.ts';
import { describeMessages } from './bad-input/messages.ts';
import { describeRequests } from './bad-input/requests.ts';
import { describeSessions } from './bad-input/sessions.ts';
import { describeStreams } from './bad-input/streams.ts';

/** Everything a stranger or a broken client may send, against one running installation. */
let ground: Ground | undefined;
const theGround = (): Ground => {
  if (ground === undefined) throw new Error('the installation is not up');
  return ground;
};

beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground?.close());

describeMessages(theGround);
describeRequests(theGround);
describeCallers(theGround);
describeSessions(theGround);
describeStreams(theGround);
describeConsole(theGround);
