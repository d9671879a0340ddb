import { expect, it } from "vitest";
import { compileOriginSelect } from "./compile/compile-origin-select.ts";
import { storedConfig } from "./stored-config.ts";

it("FN-I-31: moves the hosts to the store, and the code stays the same whatever they are", () => {
  const stored = (hosts: Readonly<Record<string, string>>) =>
    storedConfig(compileOriginSelect({ origins: { a: { originId: "a" } }, hosts }));
  const { config, keyValues, reads } = stored({ "Shop.example.com": "a", "b.example.com": "a" });
  expect(config).toEqual(stored({}).config);
  expect({ keyValues, reads }).toEqual({
    keyValues: [
      { key: "shop.example.com", value: "a" },
      { key: "b.example.com", value: "a" },
    ],
    reads: 1,
  });
});
