import { describe, expect, it } from "vitest";
import { MAX_RING_TEXT_CHARACTERS, RingReader, RingWriter, ringMemory } from "./message-ring.ts";

function ring() {
  const memory = ringMemory();
  const calls: number[] = [];
  return {
    writer: new RingWriter(memory, () => calls.push(1)),
    reader: new RingReader(memory),
    calls,
  };
}

const head = { kind: 3, flag: true, durationMs: 1.25, memoryMb: 17 };

describe("a ring of messages between threads", () => {
  it("is empty at first, and when all was read", () => {
    const { writer, reader } = ring();
    expect(reader.read()).toBeUndefined();
    writer.write(head, "text");
    expect(reader.read()).toEqual({ ...head, text: "text" });
    expect(reader.read()).toBeUndefined();
  });

  it.each(["", "ascii", "Zürich", "東京", "😀", "\u0000\n"])("keeps the text %j", (text) => {
    const { writer, reader } = ring();
    writer.write(head, text);
    expect(reader.read()?.text).toBe(text);
  });

  it("keeps a text that is written again, whatever came between", () => {
    const { writer, reader } = ring();
    const texts = ["Zürich", "Zürich", undefined, "Zürich", "", "", "Zürich"];
    for (const text of texts) writer.write(head, text);
    expect(texts.map(() => reader.read()?.text)).toEqual(texts);
  });

  it("has room for a text that is written again, however long it is", () => {
    const { writer, reader, calls } = ring();
    const long = "é".repeat(MAX_RING_TEXT_CHARACTERS);
    for (let number = 0; number < 100; number += 1) writer.write(head, long);
    expect(calls).toEqual([]);
    expect(Array.from({ length: 100 }, () => reader.read()?.text === long)).not.toContain(false);
  });

  it("tells a text that goes another way from an empty one", () => {
    const { writer, reader } = ring();
    writer.write({ ...head, flag: false }, undefined);
    writer.write(head, "");
    expect(reader.read()).toEqual({ ...head, flag: false, text: undefined });
    expect(reader.read()).toEqual({ ...head, text: "" });
  });

  it("keeps order and bytes however often its end is passed", () => {
    const { writer, reader, calls } = ring();
    const texts = Array.from({ length: 500 }, (_, number) =>
      `${number}é`.repeat((number * 37) % (MAX_RING_TEXT_CHARACTERS / 5)),
    );
    for (let first = 0; first < texts.length; first += 2) {
      const two = texts.slice(first, first + 2);
      for (const [index, text] of two.entries()) writer.write({ ...head, kind: index }, text);
      expect([reader.read(), reader.read()].map((message) => message?.text)).toEqual(two);
    }
    expect(calls).toEqual([]);
  });
});
