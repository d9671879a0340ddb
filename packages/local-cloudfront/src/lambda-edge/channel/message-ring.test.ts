import { describe, expect, it } from "vitest";
import { fitsIntoRing, RingReader, RingWriter, ringMemory } from "./message-ring.ts";

const maxCharacters = 8192;

function ring() {
  const memory = ringMemory();
  const calls: number[] = [];
  const reader = new RingReader(memory);
  return {
    memory,
    writer: new RingWriter(memory, () => calls.push(1)),
    read: () => {
      const read = reader.read();
      return typeof read === "string" ? read : read.text;
    },
    calls,
  };
}

describe("a ring of texts between threads", () => {
  it("is empty at first, and when all was read", () => {
    const { writer, read } = ring();
    expect(read()).toBe("none");
    writer.write("text");
    expect([read(), read()]).toEqual(["text", "none"]);
  });

  it.each(["", "ascii", "Zürich", "東京", "😀", "\u0000\n"])("keeps the text %j", (text) => {
    const { writer, read } = ring();
    writer.write(text);
    expect(read()).toBe(text);
  });

  it("distinguishes a text that is sent another way from an empty one", () => {
    const { writer, read } = ring();
    writer.write(undefined);
    writer.write("");
    expect([read(), read()]).toEqual(["elsewhere", ""]);
  });

  it("takes texts up to a length", () => {
    expect(["x".repeat(maxCharacters), "x".repeat(maxCharacters + 1)].map(fitsIntoRing)).toEqual([
      true,
      false,
    ]);
  });

  it("keeps order and bytes however often its end is passed", () => {
    const { writer, read, calls } = ring();
    const texts = Array.from({ length: 500 }, (_, number) =>
      `${number}é`.repeat((number * 37) % (maxCharacters / 5)),
    );
    for (let first = 0; first < texts.length; first += 2) {
      const two = texts.slice(first, first + 2);
      for (const text of two) writer.write(text);
      expect([read(), read()]).toEqual(two);
    }
    expect(calls).toEqual([]);
  });

  it.each([-3, 65_529, 2 ** 31 - 1])("refuses a length of %d, which no writer writes", (length) => {
    const { memory, writer, read } = ring();
    writer.write("text");
    new Int32Array(memory)[2] = length;
    expect(read).toThrow(RangeError);
  });
});
