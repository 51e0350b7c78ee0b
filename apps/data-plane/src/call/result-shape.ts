import { isJsonObject, type WireObject } from '@sallyport/mcp';

const maxValues = 100;

const shapes: Readonly<Record<string, (result: WireObject) => boolean>> = {
  'tools/call': (result) => Array.isArray(result.content) || result.structuredContent !== undefined,
  'prompts/get': (result) => isListOfObjects(result.messages),
  'resources/read': (result) => isListOfObjects(result.contents) && result.contents.every(hasUri),
  'completion/complete': ({ completion }) =>
    isJsonObject(completion) &&
    Array.isArray(completion.values) &&
    completion.values.length <= maxValues &&
    completion.values.every((value) => typeof value === 'string'),
};

/** Whether a result is one of its method; what asks for more input or names a task has another shape, and is let through. */
export function hasShapeOf(method: string, result: WireObject): boolean {
  const { resultType } = result;
  if (resultType !== undefined && resultType !== 'complete') return true;
  const shape = Object.hasOwn(shapes, method) ? shapes[method] : undefined;
  return shape === undefined || shape(result);
}

function isListOfObjects(value: unknown): value is readonly WireObject[] {
  return Array.isArray(value) && value.every(isJsonObject);
}

function hasUri(content: WireObject): boolean {
  const isText = typeof content.text === 'string' || typeof content.blob === 'string';
  return typeof content.uri === 'string' && isText;
}
