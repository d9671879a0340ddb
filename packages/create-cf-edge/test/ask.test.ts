import { describe, expect, it } from "vitest";
import { keys, personAtTerminal } from "vitest-config/person-at-terminal";
import { ask } from "../src/ask.ts";

const { enter, down, controlC, backspace } = keys;

describe("npm create cf-edge, at a terminal", () => {
  it("proposes what was detected", async () => {
    const { terminal, answers } = personAtTerminal();
    const asked = ask({}, { siteFolder: "out", routes: "pages" }, terminal);
    await answers("Which folder does your build write?", enter);
    await answers("Which paths are pages of your site?", enter);
    await answers("A domain of your own?", enter);
    await answers("On which engine do the functions run?", enter);
    expect(await asked).toEqual({
      siteFolder: "out",
      routes: "pages",
      domain: undefined,
      engine: undefined,
    });
  });

  it("takes routes, a domain with its certificate, and an engine", async () => {
    const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
    const { terminal, answers, seen } = personAtTerminal();
    const asked = ask({ siteFolder: "dist" }, {}, terminal);
    await answers("Which paths are pages of your site?", down, down, enter);
    await answers("Its routes, with commas between", "notes", enter);
    await answers("A route is no path", backspace.repeat(5), "/notes/:id,/about", enter);
    await answers("A domain of your own?", "app.example.com", enter);
    await answers("The ARN of its certificate in ACM", certificateArn, enter);
    await answers("On which engine do the functions run?", down, enter);
    expect(await asked).toEqual({
      siteFolder: "dist",
      routes: ["/notes/:id", "/about"],
      domain: { name: "app.example.com", certificateArn },
      engine: "cloudfront-function",
    });
    expect(seen()).not.toContain("Which folder");
  });

  it("asks nothing that was given, and writes nothing when the person gives up", async () => {
    const { terminal, answers, seen } = personAtTerminal();
    const asked = ask({ siteFolder: "dist", routes: "all", domain: undefined }, {}, terminal);
    await answers("On which engine do the functions run?", controlC);
    expect(await asked).toBeUndefined();
    expect(seen()).toContain("Nothing was written.");
  });
});
