import { describe, expect, it } from "vitest";
import { KeyValueStore } from "./key-value-store.ts";

const source = (pairs: object) => JSON.stringify({ data: pairs });

describe("FN-I-31: a key value store", () => {
  it("is filled from AWS's import format, and changed by tests", () => {
    const store = new KeyValueStore({
      name: "s",
      importSource: source([
        { key: "b", value: "2" },
        { key: "a", value: "1" },
      ]),
    });
    const { etag } = store;
    expect(store.list()).toEqual([
      { key: "a", value: "1" },
      { key: "b", value: "2" },
    ]);
    store.set("c", "3");
    expect(store.get("c")).toBe("3");
    expect([store.delete("c"), store.delete("c")]).toEqual([true, false]);
    expect(store.etag).not.toBe(etag);
  });

  it.each([
    ["{", "The key value store file s is not JSON."],
    ["[]", 'has no list "data"'],
    [source([{ key: "a", value: 1 }]), "data[0] of the key value store file s is not a pair"],
    [source([{ key: "k".repeat(513), value: "" }]), "has 513 bytes. Use 1 to 512 bytes."],
    [source([{ key: "a", value: "é".repeat(513) }]), "has a value of 1026 bytes"],
    [
      source(
        Array.from({ length: 5200 }, (_, index) => ({ key: `${index}`, value: "x".repeat(1024) })),
      ),
      "Use at most 5242880 bytes for all keys and values together.",
    ],
  ])("refuses %.60s", (importSource, message) => {
    expect(() => new KeyValueStore({ name: "s", importSource })).toThrow(message);
  });
});
