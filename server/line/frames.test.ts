import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Frame, FrameWriter, frameReader } from './frames.ts';

/** What is written to it, in the pieces of its writes. */
class Written extends Duplex {
  readonly pieces: Buffer[] = [];
  override _read(): void {}
  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.pieces.push(bytes);
    done();
  }
}

const frames = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 0xffff_ffff }),
    code: fc.integer({ min: 0, max: 0xffff }),
    payload: fc.string({ unit: 'grapheme', maxLength: 200 }),
  }),
  { maxLength: 8 },
);

test('what is written is read, however the bytes are cut on the way', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.infiniteStream(fc.integer({ min: 1, max: 60 })), async (sent, lengths) => {
      const to = new Written();
      const writer = new FrameWriter(to);
      for (const { id, code, payload } of sent) writer.send(id, code, payload);
      writer.flush();
      const bytes = Buffer.concat(to.pieces);
      const read: Frame[] = [];
      const take = frameReader(1_000, (frame) => read.push(frame));
      for (let at = 0; at < bytes.length; ) {
        const end = at + (lengths.next().value as number);
        take(bytes.subarray(at, end));
        at = end;
      }
      expect(read).toEqual(sent);
    }),
  );
});

test('the frames of one turn of the event loop are one write', async () => {
  const to = new Written();
  const writer = new FrameWriter(to);
  for (const id of [1, 2, 3]) writer.send(id, 200, '{"data":null}');
  await vi.waitFor(() => expect(to.pieces).not.toHaveLength(0));
  writer.send(4, 200, '{}');
  await vi.waitFor(() => expect(to.pieces.map(({ length }) => length)).toEqual([3 * 23, 12]));
});

test('a payload that is longer than allowed is refused by its head', () => {
  const to = new Written();
  const writer = new FrameWriter(to);
  writer.send(1, 2, 'x'.repeat(1_001));
  writer.flush();
  const take = frameReader(1_000, () => {});
  expect(() => take(Buffer.concat(to.pieces).subarray(0, 12))).toThrow(
    'A frame of 1001 bytes; 1000 are the most.',
  );
});
