import { AppError } from '@sallyport/kernel';
import { argumentNames } from './argument-features.ts';
import { denseNames, type ModelSurface, modelSurfaces } from './dense-names.ts';
import type { Network } from './network.ts';
import { poolNames } from './pooling.ts';
import { sparseBits } from './sparse-features.ts';

/** How the segments and rules of a document become its score, per surface. */
export interface Pool {
  readonly bias: number;
  /** By `poolNames`, then by code. */
  readonly weights: Float32Array;
  /** The logit at which a document is flagged. */
  readonly threshold: number;
  readonly slope: number;
}

/** One network for each kind of text. The order is part of the file. */
export const networkNames = ['definition', 'text', 'arguments'] as const;
export type NetworkName = (typeof networkNames)[number];

/** Which network reads a surface. */
export function networkNameOf(surface: ModelSurface): NetworkName {
  return surface === 'definition' || surface === 'arguments' ? surface : 'text';
}

/** The network that reads a surface. */
export function networkOf(model: DetectionModel, surface: ModelSurface): Network {
  return model.networks[networkNameOf(surface)];
}

/** The trained model, read from its file. */
export interface DetectionModel {
  readonly version: string;
  readonly networks: Readonly<Record<NetworkName, Network>>;
  /** Codes of findings the pools know → their place. */
  readonly codes: ReadonlyMap<string, number>;
  readonly pools: Readonly<Record<ModelSurface, Pool>>;
}

/** Says what the features of this code are; a model made for others is refused. */
export function featureFingerprint(): string {
  return [...denseNames, ...argumentNames, ...poolNames, String(sparseBits)].join(' ');
}

const magic = 0x31505353;

/** The head of a model file; the numbers follow it in this order. */
export interface ModelHead {
  readonly version: string;
  readonly fingerprint: string;
  readonly networks: readonly {
    readonly width: number;
    readonly hidden: number;
    readonly sparseScale: number;
  }[];
  readonly codes: readonly string[];
  readonly pools: readonly { readonly bias: number; readonly threshold: number; readonly slope: number }[];
}

/** Where the numbers begin: after magic, size of the head, head, to a multiple of four. */
export function bodyStart(headBytes: number): number {
  return Math.ceil((8 + headBytes) / 4) * 4;
}

/**
 * Reads the bytes of a trained model.
 * @throws AppError `internal_error` for anything that is not a model made for these features.
 */
export function readModel(bytes: Uint8Array): DetectionModel {
  const head = readHead(bytes);
  const reader = createReader(
    bytes,
    bodyStart(new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)),
  );
  if (head.networks.length !== networkNames.length) throw notAModel('networks are missing');
  const networks = head.networks.map((shape) => readNetwork(reader, shape));
  const weights = head.pools.map(() => reader.floats(poolNames.length + head.codes.length));
  const pools = Object.fromEntries(
    modelSurfaces.map((surface, i) => [surface, { ...head.pools[i], weights: weights[i] }]),
  ) as unknown as Record<ModelSurface, Pool>;
  return {
    version: head.version,
    networks: Object.fromEntries(networkNames.map((name, i) => [name, networks[i]])) as Record<
      NetworkName,
      Network
    >,
    codes: new Map(head.codes.map((code, i) => [code, i])),
    pools,
  };
}

function notAModel(reason: string): AppError {
  return new AppError('internal_error', `not a detection model: ${reason}`);
}

function readHead(bytes: Uint8Array): ModelHead {
  if (bytes.length < 16) throw notAModel('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw notAModel('unknown kind of file');
  const size = view.getUint32(4, true);
  if (bodyStart(size) > bytes.length) throw notAModel('cut off');
  let head: ModelHead;
  try {
    head = JSON.parse(readAscii(bytes.subarray(8, 8 + size))) as ModelHead;
  } catch (cause) {
    throw new AppError('internal_error', 'not a detection model: unreadable head', { cause });
  }
  if (head.fingerprint !== featureFingerprint()) throw notAModel('made for other features');
  if (head.pools.length !== modelSurfaces.length) throw notAModel('surfaces are missing');
  return head;
}

/** The head is ASCII: pure code has no TextDecoder. */
function readAscii(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function writeAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function createReader(bytes: Uint8Array, from: number) {
  let at = bytes.byteOffset + from;
  const end = bytes.byteOffset + bytes.byteLength;
  const take = (size: number): ArrayBuffer => {
    if (at + size > end) throw notAModel('cut off');
    const piece = bytes.buffer.slice(at, at + size) as ArrayBuffer;
    at += Math.ceil(size / 4) * 4;
    return piece;
  };
  return {
    floats: (count: number): Float32Array => new Float32Array(take(count * 4)),
    bytes: (count: number): Int8Array => new Int8Array(take(count)),
  };
}

function readNetwork(
  reader: ReturnType<typeof createReader>,
  { width, hidden, sparseScale }: ModelHead['networks'][number],
): Network {
  const sparse = Float32Array.from(reader.bytes(1 << sparseBits), (weight) => weight * sparseScale);
  return {
    width,
    hidden,
    sparse,
    bias: reader.floats(1),
    input: reader.floats(width * hidden),
    inputBias: reader.floats(hidden),
    output: reader.floats(hidden),
    direct: reader.floats(width),
  };
}

/** Writes a model as a file; what `readModel` reads. */
export function writeModel(model: DetectionModel): Uint8Array {
  const networks = networkNames.map((name) => model.networks[name]);
  const scales = networks.map(
    ({ sparse }) =>
      Math.max(
        1e-9,
        sparse.reduce((most, w) => Math.max(most, Math.abs(w)), 0),
      ) / 127,
  );
  const pools = modelSurfaces.map((surface) => model.pools[surface]);
  const head: ModelHead = {
    version: model.version,
    fingerprint: featureFingerprint(),
    networks: networks.map(({ width, hidden }, i) => ({ width, hidden, sparseScale: scales[i] as number })),
    codes: [...model.codes.keys()],
    pools: pools.map(({ bias, threshold, slope }) => ({ bias, threshold, slope })),
  };
  const headBytes = writeAscii(JSON.stringify(head));
  const parts: Uint8Array[] = [];
  networks.forEach((network, i) => {
    const scale = scales[i] as number;
    parts.push(asBytes(Int8Array.from(network.sparse, (weight) => Math.round(weight / scale))));
    for (const part of [network.bias, network.input, network.inputBias, network.output, network.direct])
      parts.push(asBytes(part));
  });
  for (const pool of pools) parts.push(asBytes(pool.weights));
  return joinParts(headBytes, parts);
}

function asBytes(part: Int8Array | Float32Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

function joinParts(head: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const padded = (size: number): number => Math.ceil(size / 4) * 4;
  const start = bodyStart(head.length);
  const bytes = new Uint8Array(parts.reduce((size, part) => size + padded(part.length), start));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, 8);
  let at = start;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  return bytes;
}
