import { InvalidArgumentError } from "cf-command-line";
import type { DebuggerAddress } from "../start/open-debugger.ts";

const pattern = /^(?:(?<host>[^:]+|\[[\da-fA-F:]+\]):)?(?<port>\d{1,5})$/;

/**
 * Parses what `--inspect` is given.
 *
 * @param text as in `9229`, `localhost:9229` or `[::1]:0`
 * @throws {InvalidArgumentError}
 */
export function parseDebuggerAddress(text: string): DebuggerAddress {
  const { host, port } = pattern.exec(text)?.groups ?? {};
  const number = Number(port);
  if (port === undefined || number > 65_535) {
    throw new InvalidArgumentError(
      "Pass a port from 0 to 65535, or a host and a port, as in 9230 or localhost:9230.",
    );
  }
  const address = host?.replaceAll(/[[\]]/g, "");
  return address === undefined ? { port: number } : { host: address, port: number };
}

/**
 * Gives a bare `--inspect` its default, as Node.js does: what comes after it, the assembly say, is no
 * address.
 */
export function withDebuggerAddress(args: readonly string[]): readonly string[] {
  return args.map((arg) => (arg === "--inspect" ? "--inspect=9229" : arg));
}
