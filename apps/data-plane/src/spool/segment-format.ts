import { createCipheriv, createDecipheriv, hash, hkdfSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A segment: a head, then frames `length | crc32 | ciphertext of text and seal`. All of it is one AES-256-CTR stream
 * under a key of the segment's own (HKDF over the spool key and the segment's salt), because an AES-GCM context per
 * frame costs ten times as much. The seal is half of the chain value: to forge it under a stream cipher one needs the
 * chain value before, which covers every text and random call id since the spool began.
 */
export interface SegmentHead {
  readonly salt: Buffer;
  readonly startSeq: number;
  /** Chain value before the first frame, hex. */
  readonly previousChain: string;
}

export interface SegmentFrame {
  readonly seq: number;
  readonly chain: string;
  readonly text: string;
}

const magic = Buffer.from('SPSPOOL1');
export const saltBytes = 32;
const chainBytes = 32;
const headBytes = magic.length + saltBytes + 8 + chainBytes + 4;
const frameHeadBytes = 8;
const sealBytes = 16;
const maxFrameBytes = 16 * 1024 * 1024;
const noIv = Buffer.alloc(16);

export function deriveKey(spoolKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', spoolKey, salt, 'sallyport-spool-1', 32));
}

export function writeHead(head: SegmentHead): Buffer {
  const bytes = Buffer.alloc(headBytes);
  magic.copy(bytes, 0);
  head.salt.copy(bytes, magic.length);
  bytes.writeBigUInt64LE(BigInt(head.startSeq), magic.length + saltBytes);
  bytes.write(head.previousChain, magic.length + saltBytes + 8, 'hex');
  bytes.writeUInt32LE(crc32(bytes.subarray(0, headBytes - 4)), headBytes - 4);
  return bytes;
}

function readHead(bytes: Buffer): SegmentHead | undefined {
  if (bytes.length < headBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  if (bytes.readUInt32LE(headBytes - 4) !== crc32(bytes.subarray(0, headBytes - 4))) return undefined;
  const saltEnd = magic.length + saltBytes;
  return {
    salt: bytes.subarray(magic.length, saltEnd),
    startSeq: Number(bytes.readBigUInt64LE(saltEnd)),
    previousChain: bytes.subarray(saltEnd + 8, saltEnd + 8 + chainBytes).toString('hex'),
  };
}

/** A frame ready to be written, and the chain up to it. */
export interface WrittenFrame {
  /** Holds until the next frame is made. */
  readonly bytes: Buffer;
  readonly chain: string;
}

const chainTextBytes = chainBytes * 2;
const frameStart = chainTextBytes - frameHeadBytes;

/**
 * Turns texts into frames. The text is encoded once, behind the chain before it, and hashed, sealed and encrypted
 * where it lies; the frame's head then takes the last bytes of that chain.
 */
export function createFrameWriter(key: Uint8Array): (text: string, previous: string) => WrittenFrame {
  const cipher = createCipheriv('aes-256-ctr', key, noIv);
  let scratch = Buffer.allocUnsafeSlow(8_192);
  return (text, previous) => {
    const room = chainTextBytes + text.length * 3 + sealBytes;
    if (room > scratch.length) scratch = Buffer.allocUnsafeSlow(room * 2);
    scratch.write(previous, 0, chainTextBytes, 'latin1');
    const length = scratch.write(text, chainTextBytes, 'utf8');
    const sealAt = chainTextBytes + length;
    const chain = hash('sha256', scratch.subarray(0, sealAt), 'hex');
    const end = sealAt + sealBytes;
    scratch.write(sealOf(chain), sealAt, 'hex');
    cipher.update(scratch.subarray(chainTextBytes, end)).copy(scratch, chainTextBytes);
    scratch.writeUInt32LE(length, frameStart);
    scratch.writeUInt32LE(crc32(scratch.subarray(chainTextBytes, end)), frameStart + 4);
    return { bytes: scratch.subarray(frameStart, end), chain };
  };
}

function sealOf(chain: string): string {
  return chain.slice(0, sealBytes * 2);
}

export interface ReadSegment {
  readonly head: SegmentHead;
  readonly frames: readonly SegmentFrame[];
  /** `torn`: the tail was cut by a crash, all before it is good. `altered`: damaged or changed later. */
  readonly end: 'whole' | 'torn' | 'altered';
}

/** Reads a segment up to its end or its first bad frame; `undefined` when not even the head is good. */
export function readSegment(bytes: Buffer, spoolKey: Uint8Array): ReadSegment | undefined {
  const head = readHead(bytes);
  if (!head) return undefined;
  const decipher = createDecipheriv('aes-256-ctr', deriveKey(spoolKey, head.salt), noIv);
  const frames: SegmentFrame[] = [];
  let chain = head.previousChain;
  let at = headBytes;
  while (at < bytes.length) {
    const length = at + frameHeadBytes <= bytes.length ? bytes.readUInt32LE(at) : maxFrameBytes + 1;
    const end = at + frameHeadBytes + length + sealBytes;
    if (length > maxFrameBytes || end > bytes.length) return { head, frames, end: 'torn' };
    if (bytes.readUInt32LE(at + 4) !== crc32(bytes.subarray(at + frameHeadBytes, end))) {
      // A crash cuts the end; a bad frame with more behind it is damage.
      return { head, frames, end: end < bytes.length ? 'altered' : 'torn' };
    }
    const plain = decipher.update(bytes.subarray(at + frameHeadBytes, end));
    const text = plain.toString('utf8', 0, length);
    chain = hash('sha256', chain + text, 'hex');
    if (plain.toString('hex', length) !== sealOf(chain)) return { head, frames, end: 'altered' };
    frames.push({ seq: head.startSeq + frames.length, chain, text });
    at = end;
  }
  return { head, frames, end: 'whole' };
}
