import { describe, expect, it } from "vitest";
import { keys, personAtTerminal } from "vitest-config/person-at-terminal";
import { ask } from "./ask.ts";

const { enter, down, controlC, backspace } = keys;

describe("pnpm new, at a terminal", () => {
  it("asks for the name and the event type, and says what each event type is for", async () => {
    const { terminal, answers, seen } = personAtTerminal();
    const asked = ask({}, terminal);
    await answers("What is the function called?", "my-own", enter);
    await answers("On which event does it run?", down, enter);
    expect(await asked).toEqual({
      name: "my-own",
      eventType: "origin-request",
      engine: "lambda-edge",
    });
    expect(seen()).toContain("on a cache miss only: its response is cached");
  });

  it("asks only for what was not given", async () => {
    const { terminal, answers, seen } = personAtTerminal();
    const asked = ask({ eventType: "viewer-response" }, terminal);
    await answers("What is the function called?", "my-own", enter);
    expect(await asked).toEqual({
      name: "my-own",
      eventType: "viewer-response",
      engine: "both",
    });
    expect(seen()).not.toContain("On which event");
  });

  it("refuses a name that cannot be one, and asks again", async () => {
    const { terminal, answers } = personAtTerminal();
    const asked = ask({ eventType: "viewer-response" }, terminal);
    await answers("What is the function called?", "My Own", enter);
    await answers("lower-case", ...Array<string>("My Own".length).fill(backspace), "my-own", enter);
    expect(await asked).toEqual({
      name: "my-own",
      eventType: "viewer-response",
      engine: "both",
    });
  });

  it("writes nothing when the person gives up", async () => {
    const { terminal, answers, seen } = personAtTerminal();
    const asked = ask({}, terminal);
    await answers("What is the function called?", controlC);
    expect(await asked).toBeUndefined();
    expect(seen()).toContain("Nothing was written.");
  });
});
