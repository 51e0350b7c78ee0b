import { isJsonObject, type WireObject } from '@sallyport/mcp';
import { relatedKey } from '../call/related-task.ts';
import { inspectionLimits } from './inspection-limits.ts';

/**
 * What of a message is looked at: pictures, sound, our own sealed ids and `resultType` are left out, base64 of text is
 * decoded. `whole` puts back what was left out, and says decoded text in base64 again.
 */
export interface MessageView {
  readonly view: WireObject;
  /** Text in base64 that is too long to be decoded. */
  readonly isCut: boolean;
  whole(seen: WireObject): WireObject;
}

type Path = readonly (string | number)[];

/** One member that the view has not, or has in another form. */
interface LeftOut {
  readonly path: Path;
  readonly original: unknown;
  /** The text that the view has for it; absent = nothing. */
  readonly text?: string;
}

/** Types whose bytes are text that a model or a client reads. */
const textual =
  /^(?:text\/|message\/|application\/(?:x-)?(?:json|ndjson|jsonl|xml|html|javascript|ecmascript|typescript|yaml|toml|sql|sh|shellscript|python|httpd-php|tex|graphql|www-form-urlencoded)|[^;]*\+(?:json|xml|yaml))/i;

/** Words of the protocol, the same in every modern result: no text of the server. */
const resultTypes: ReadonlySet<unknown> = new Set(['complete', 'input_required', 'task']);

/** Makes the view of a result, or of the params of a message. A message without such members is its own view. */
export function viewOf(message: WireObject, askedUri?: string): MessageView {
  const left: LeftOut[] = [];
  collect(message, [], left, askedUri);
  if (left.length === 0) return { view: message, isCut: false, whole: (seen) => seen };
  const edit = createEditor(message);
  for (const { path, text } of left) edit.set(path, text);
  const view = edit.root as WireObject;
  const isCut = left.some(({ original, text }) => text === undefined && isLongText(original));
  return { view, isCut, whole: (seen) => (seen === view ? message : putBack(seen, left)) };
}

function putBack(seen: WireObject, left: readonly LeftOut[]): WireObject {
  const edit = createEditor(seen);
  for (const { path, original, text } of left) {
    const now = edit.get(path);
    edit.set(
      path,
      text === undefined || now === text ? original : Buffer.from(String(now)).toString('base64'),
    );
  }
  return edit.root as WireObject;
}

/** Changes members of a JSON value without touching the value: what lies on the way is copied, once. */
function createEditor(value: WireObject) {
  const fresh = new Set<unknown>();
  const holder: { root: unknown } = { root: value };
  const copyOf = (node: unknown): Record<string, unknown> => {
    if (typeof node !== 'object' || node === null) throw new TypeError('a message lost a member');
    if (fresh.has(node)) return node as Record<string, unknown>;
    const copy = Array.isArray(node) ? [...node] : { ...node };
    fresh.add(copy);
    return copy as Record<string, unknown>;
  };
  return {
    get root() {
      return holder.root;
    },
    get(path: Path): unknown {
      let node = holder.root;
      for (const part of path) node = (node as Record<string, unknown> | undefined)?.[part];
      return node;
    },
    set(path: Path, member: unknown): void {
      let parent = holder as Record<string, unknown>;
      let name: string | number = 'root';
      for (const part of path) {
        const copy = copyOf(parent[name]);
        parent[name] = copy;
        parent = copy;
        name = part;
      }
      if (member === undefined) delete parent[name];
      else parent[name] = member;
    },
  };
}

function collect(message: WireObject, path: Path, left: LeftOut[], askedUri: string | undefined): void {
  for (const name of ['taskId', 'requestState'])
    if (typeof message[name] === 'string') left.push({ path: [...path, name], original: message[name] });
  if (resultTypes.has(message.resultType))
    left.push({ path: [...path, 'resultType'], original: message.resultType });
  const { task, _meta: meta, result } = message;
  if (isJsonObject(task) && typeof task.taskId === 'string')
    left.push({ path: [...path, 'task', 'taskId'], original: task.taskId });
  if (isJsonObject(meta) && meta[relatedKey] !== undefined)
    left.push({ path: [...path, '_meta', relatedKey], original: meta[relatedKey] });
  collectContent(message.content, [...path, 'content'], left);
  collectMessages(message.messages, [...path, 'messages'], left);
  collectResources(message.contents, [...path, 'contents'], left, askedUri);
  if (isJsonObject(result) && path.length === 0) collect(result, ['result'], left, undefined);
}

/** One block or a list of them. */
function collectContent(content: unknown, path: Path, left: LeftOut[]): void {
  if (Array.isArray(content)) {
    for (const [at, block] of content.entries()) collectContent(block, [...path, at], left);
  } else if (isJsonObject(content)) {
    if (typeof content.data === 'string' && (content.type === 'image' || content.type === 'audio'))
      left.push({ path: [...path, 'data'], original: content.data });
    if (isJsonObject(content.resource)) collectBlob(content.resource, [...path, 'resource'], left);
    if (content.content !== undefined) collectContent(content.content, [...path, 'content'], left);
  }
}

function collectMessages(messages: unknown, path: Path, left: LeftOut[]): void {
  if (!Array.isArray(messages)) return;
  for (const [at, message] of messages.entries())
    if (isJsonObject(message)) collectContent(message.content, [...path, at, 'content'], left);
}

function collectResources(
  contents: unknown,
  path: Path,
  left: LeftOut[],
  askedUri: string | undefined,
): void {
  if (!Array.isArray(contents)) return;
  for (const [at, resource] of contents.entries()) {
    if (!isJsonObject(resource)) continue;
    // The client finds its content by the URI that it asked for.
    if (askedUri !== undefined && resource.uri === askedUri)
      left.push({ path: [...path, at, 'uri'], original: askedUri });
    collectBlob(resource, [...path, at], left);
  }
}

function collectBlob(resource: WireObject, path: Path, left: LeftOut[]): void {
  const { blob, mimeType } = resource;
  if (typeof blob !== 'string') return;
  const isText = isTextual(mimeType) && blob.length <= inspectionLimits.maxBlobUnits;
  const text = isText ? { text: Buffer.from(blob, 'base64').toString('utf8') } : {};
  left.push({ path: [...path, 'blob'], original: blob, ...text });
}

function isTextual(mimeType: unknown): boolean {
  // Without a type nobody knows what a client will make of it.
  return typeof mimeType !== 'string' || textual.test(mimeType.trim());
}

const isLongText = (original: unknown): boolean =>
  typeof original === 'string' && original.length > inspectionLimits.maxBlobUnits;
