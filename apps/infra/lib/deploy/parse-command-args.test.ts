import { describe, expect, it } from "vitest";
import { parseCommandArgs } from "./parse-command-args.ts";

describe("the arguments of a command", () => {
  it.each([[["--stage", "prod"]], [["--stage=prod"]], [["--", "--stage", "prod"]]])(
    "%j name a stage",
    (args) => {
      expect(parseCommandArgs(args)).toEqual({ stage: "prod", assembly: undefined, cdkArgs: [] });
    },
  );

  it("are handed to the CDK CLI otherwise, in their order", () => {
    const args = ["--verbose", "--assembly", "out", "--stage", "prod", "--require-approval", "any"];
    expect(parseCommandArgs(args)).toEqual({
      stage: "prod",
      assembly: "out",
      cdkArgs: ["--verbose", "--require-approval", "any"],
    });
  });

  it.each([
    [["--stag", "prod"], 'The option is not known: got "--stag". Did you mean --stage?'],
    [["--stages=prod"], 'The option is not known: got "--stages". Did you mean --stage?'],
    [["--asembly", "out"], 'The option is not known: got "--asembly". Did you mean --assembly?'],
  ])("%j are refused: the first stage was hardly meant", (args, message) => {
    expect(() => parseCommandArgs(args)).toThrow(message);
  });

  it("leave the CDK CLI its own options that look alike", () => {
    expect(parseCommandArgs(["--staging"]).cdkArgs).toEqual(["--staging"]);
  });

  it.each([[["--stage"]], [["--stage", "--verbose"]], [["--stage="]]])("%j are refused", (args) => {
    expect(() => parseCommandArgs(args)).toThrow(/^--stage has no value: got "--stage/);
  });
});
