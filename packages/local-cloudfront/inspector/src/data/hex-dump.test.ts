import { expect, it } from "vitest";
import { bytesOfBase64, hexDump } from "./hex-dump.ts";

it("writes 16 bytes a line, with their offset and what is ASCII", () => {
  const bytes = bytesOfBase64(btoa("GET /notes/1 HTTP\n\u00ff"));
  expect(hexDump(bytes)).toBe(
    [
      "000000  47 45 54 20 2f 6e 6f 74 65 73 2f 31 20 48 54 54  GET /notes/1 HTT",
      "000010  50 0a ff                                         P..",
    ].join("\n"),
  );
});

it("writes nothing of nothing", () => {
  expect(hexDump(new Uint8Array())).toBe("");
});
