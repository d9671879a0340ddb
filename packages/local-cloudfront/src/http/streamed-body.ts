/** What a streamed body is made of. */
export interface StreamedBodySource {
  readonly byteLength: number;
  /** Reads the bytes from `begin` to before `end`, as fast as they are taken. */
  read(begin: number, end: number): AsyncIterable<Uint8Array>;
  /** Whether what is stored is still what it was when the body was made. */
  isUnchanged(): boolean;
}

/** A body too large to be held in memory: it is read while it is sent, from where it is stored. */
export class StreamedBody implements AsyncIterable<Uint8Array> {
  readonly byteLength: number;
  readonly #source: StreamedBodySource;
  readonly #begin: number;

  constructor(source: StreamedBodySource, begin = 0, end: number = source.byteLength) {
    this.#source = source;
    this.#begin = begin;
    this.byteLength = end - begin;
  }

  /** Returns the bytes from `begin` to before `end`; reads none of them. */
  subarray(begin: number, end: number): StreamedBody {
    return new StreamedBody(this.#source, this.#begin + begin, this.#begin + end);
  }

  isUnchanged(): boolean {
    return this.#source.isUnchanged();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    const end = this.#begin + this.byteLength;
    return this.#source.read(this.#begin, end)[Symbol.asyncIterator]();
  }
}

/** Returns one body of several: in memory where all of them are. */
export function joinBodies(
  pieces: readonly (Uint8Array | StreamedBody)[],
): Uint8Array | StreamedBody {
  const streamed = pieces.filter((piece) => piece instanceof StreamedBody);
  if (streamed.length === 0)
    return Buffer.concat(pieces.filter((piece) => piece instanceof Uint8Array));
  return new StreamedBody({
    byteLength: pieces.reduce((bytes, piece) => bytes + piece.byteLength, 0),
    read: (begin, end) => readPieces(pieces, begin, end),
    isUnchanged: () => streamed.every((piece) => piece.isUnchanged()),
  });
}

async function* readPieces(
  pieces: readonly (Uint8Array | StreamedBody)[],
  begin: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const piece of pieces) {
    const from = Math.max(begin - offset, 0);
    const to = Math.min(end - offset, piece.byteLength);
    offset += piece.byteLength;
    if (from >= to) continue;
    const part = piece.subarray(from, to);
    if (part instanceof Uint8Array) yield part;
    else yield* part;
  }
}
