import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClassifierQuestion {
  readonly headers: IncomingMessage['headers'];
  readonly method: string;
  readonly url: string;
  readonly text: string;
  readonly body: unknown;
}

/** A classifier that remembers all it was asked, and answers as it is told. */
export interface ClassifierServer {
  readonly url: string;
  readonly host: string;
  readonly history: ClassifierQuestion[];
  /** Exchanges that ended without an answer, because whoever asked had left. */
  readonly left: number;
  answer: (question: ClassifierQuestion, res: ServerResponse) => void;
  close(): Promise<void>;
}

/** Answers with a score. */
export const says =
  (score: number, label?: string) =>
  (_question: unknown, res: ServerResponse): void => {
    res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    res.end(JSON.stringify(label === undefined ? { score } : { score, label }));
  };

export async function startClassifier(
  answer: ClassifierServer['answer'] = says(0),
): Promise<ClassifierServer> {
  const state = { left: 0 };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    res.on('error', () => {});
    res.on('close', () => {
      if (!res.writableFinished) state.left += 1;
    });
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { headers, method = '', url = '' } = req;
      const question = { headers, method, url, text, body: text === '' ? null : JSON.parse(text) };
      made.history.push(question);
      made.answer(question, res);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = {
    url: `http://${host}/judge`,
    host,
    history: [] as ClassifierQuestion[],
    get left() {
      return state.left;
    },
    answer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return made;
}
