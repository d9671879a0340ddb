import { describe, expect, it } from "vitest";
import { parseDebuggerAddress, withDebuggerAddress } from "./debugger-option.ts";

describe("--inspect", () => {
  it.each([
    ["9229", { port: 9229 }],
    ["0", { port: 0 }],
    ["localhost:9230", { host: "localhost", port: 9230 }],
    ["0.0.0.0:1", { host: "0.0.0.0", port: 1 }],
    ["[::1]:9229", { host: "::1", port: 9229 }],
  ])("takes %s", (text, address) => {
    expect(parseDebuggerAddress(text)).toEqual(address);
  });

  it.each(["", "cdk.out", "localhost", "65536", "-1", ":1", "a:b:1", "::1:9229"])(
    "refuses %j",
    (text) => {
      expect(() => parseDebuggerAddress(text)).toThrow(
        "Pass a port from 0 to 65535, or a host and a port, as in 9230 or localhost:9230.",
      );
    },
  );

  it("alone takes no argument that follows for its address", () => {
    expect(withDebuggerAddress(["--inspect", "cdk.out"])).toEqual(["--inspect=9229", "cdk.out"]);
    expect(withDebuggerAddress(["--inspect=0"])).toEqual(["--inspect=0"]);
  });
});
