import { describe, expect, it, onTestFinished } from "vitest";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  collectHeader,
  createCommand,
  InvalidArgumentError,
  readJsonOption,
  runCommand,
} from "./index.ts";

class DemoError extends Error {}

function written(stream: NodeJS.WriteStream): string[] {
  const { write } = stream;
  const texts: string[] = [];
  stream.write = (text: string | Uint8Array) => texts.push(String(text)) > 0;
  onTestFinished(() => {
    stream.write = write;
  });
  return texts;
}

async function run(...args: readonly string[]) {
  const stdout = written(process.stdout);
  const stderr = written(process.stderr);
  const command = createCommand("demo");
  command
    .command("explain <uri>")
    .option("--port <number>", "a port", (text) => {
      if (/^\d+$/.test(text)) return Number(text);
      throw new InvalidArgumentError("Pass a whole number.");
    })
    .action((uri: string) => {
      if (uri === "/wrong") throw new DemoError("/wrong is not a path. Pass another.");
      if (uri === "/broken") throw new TypeError("a fault of the program");
      process.stdout.write(`${uri}\n`);
    });
  const status = await runCommand(command, args, { mistakes: [DemoError], mistakeStatus: 2 });
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

describe("a command", () => {
  it("does what it is told", async () => {
    expect(await run("explain", "/a")).toEqual({ status: 0, stdout: "/a\n", stderr: "" });
  });

  it.each<[args: readonly string[], line: string]>([
    [["explain"], "Missing required argument 'uri': demo --help lists the options.\n"],
    [["explain", "/", "--prot", "1"], "Unknown option '--prot': did you mean --port?\n"],
    [["explian", "/"], "Unknown command 'explian': did you mean explain?\n"],
    [
      ["explain", "/", "--port", "x"],
      "Option '--port <number>' argument 'x' is invalid. Pass a whole number.\n",
    ],
    [["explain", "/wrong"], "/wrong is not a path. Pass another.\n"],
  ])("tells the mistake in %j in one line", async (args, line) => {
    expect(await run(...args)).toEqual({ status: 2, stdout: "", stderr: line });
  });

  it("has a help, with status 0", async () => {
    const { status, stdout } = await run("--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: demo /);
  });

  it("throws what is no mistake of the user's", async () => {
    await expect(run("explain", "/broken")).rejects.toThrow("a fault of the program");
  });
});

describe("a file that an option names", () => {
  it("is read as JSON with an object, or refused with its path", () => {
    const folder = mkdtempSync(join(tmpdir(), "command-line-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "options.json");
    const read = (text: string) => {
      writeFileSync(file, text);
      return readJsonOption("--options", file);
    };
    expect(read('{"a": 1}')).toEqual({ a: 1 });
    for (const text of ["{", "[]", "null", ""]) {
      expect(() => read(text)).toThrow(`--options is not JSON with an object: got "${file}".`);
    }
    expect(() => readJsonOption("--options", join(folder, "none.json"))).toThrow(
      "--options cannot be read: got",
    );
  });
});

it("header lines are collected by their lower-case names", () => {
  const first = collectHeader("Accept: text/html");
  expect(collectHeader("ACCEPT:a:b", first)).toEqual({
    accept: [
      { key: "Accept", value: "text/html" },
      { key: "ACCEPT", value: "a:b" },
    ],
  });
  expect(() => collectHeader("Accept")).toThrow("NAME: VALUE");
});
