import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KnownTexts, MOST_KNOWN_TEXTS } from "../known-texts.ts";
import { KnownMessages, SentMessage } from "./known-messages.ts";

const line = fc.record({ key: fc.string(), value: fc.string() });
const headers = fc.dictionary(fc.string(), fc.array(line, { maxLength: 3 }), { maxKeys: 6 });
const message = fc.record({
  clientIp: fc.string(),
  headers,
  origin: fc.record({
    custom: fc.record({
      customHeaders: headers,
      port: fc.integer(),
      sslProtocols: fc.array(fc.string()),
    }),
  }),
  body: fc.oneof(fc.string(), fc.constant(null)),
});

describe("messages that a thread has been sent", () => {
  it("are the same as read from their text each time, in the same order of names", () => {
    fc.assert(
      fc.property(message, (value) => {
        const json = JSON.stringify(value);
        const sent = new SentMessage(json);
        for (let time = 0; time < 3; time += 1) {
          const made = sent.make();
          expect(made).toEqual(JSON.parse(json));
          expect(JSON.stringify(made)).toBe(json);
        }
      }),
    );
  });

  it("have nothing in common, whatever a function does with one", () => {
    const json = JSON.stringify({
      headers: { host: [{ key: "Host", value: "a" }], x: [{ key: "X", value: "1" }] },
      origin: { s3: { customHeaders: { y: [{ key: "Y", value: "2" }] }, path: "" } },
    });
    const sent = new SentMessage(json);
    for (let time = 0; time < 4; time += 1) {
      const made = sent.make() as Record<string, Record<string, Record<string, unknown>[]>>;
      expect(JSON.stringify(made)).toBe(json);
      Object.assign(made["headers"]?.["host"]?.[0] ?? {}, { value: "changed" });
      made["headers"]?.["x"]?.push({ key: "X", value: "more" });
      Object.assign(made["origin"]?.["s3"] ?? {}, { path: "/changed", customHeaders: {} });
      Reflect.deleteProperty(made, "headers");
    }
  });

  it("take a header named __proto__ for a name like any other", () => {
    const sent = new SentMessage('{"headers":{"__proto__":[{"key":"__proto__","value":"1"}]}}');
    for (let time = 0; time < 3; time += 1) {
      const { headers: made } = sent.make() as { headers: object };
      expect(Object.keys(made)).toEqual(["__proto__"]);
      expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    }
  });
});

describe("texts that both sides know", () => {
  it("arrive as they were sent, however many there are and whichever come again", () => {
    const long = "é".repeat(20_000);
    const texts = fc.array(fc.integer({ min: 0, max: 2 * MOST_KNOWN_TEXTS }), { maxLength: 200 });
    fc.assert(
      fc.property(texts, (numbers) => {
        const here = new KnownTexts();
        const there = new KnownMessages();
        for (const number of numbers) {
          const value = number === 0 ? long : `text ${number}`;
          const sent = here.sentFor(JSON.stringify(value));
          expect(there.received(sent).make()).toBe(value);
        }
      }),
    );
  });

  it("are sent once while they are known, and each time where they are long", () => {
    const here = new KnownTexts();
    const sent = (text: string): string => typeof here.sentFor(text);
    expect([sent('"a"'), sent('"b"'), sent('"a"')]).toEqual(["string", "string", "number"]);
    const long = JSON.stringify("é".repeat(20_000));
    expect([sent(long), sent(long)]).toEqual(["string", "string"]);
    for (let number = 0; number < MOST_KNOWN_TEXTS; number += 1) sent(String(number));
    expect(sent('"a"')).toBe("string");
  });
});
