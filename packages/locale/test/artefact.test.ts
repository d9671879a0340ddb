import { loadArtefact, testArtefact, viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileLocale, createLocale, type LocaleHandler } from "locale";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileLocale({ locales: ["en", "de"] });
const artefact = await loadArtefact<LocaleHandler>(packageFolder, compiledOptions);

describe("the Lambda@Edge function of locale", () => {
  testArtefact(artefact, {
    eventType: "viewer-request",
    requires: ["fs"],
    optionsCode: /OptionsError|Intl/,
  });

  it("does what the library decides", async () => {
    const own = createLocale(compiledOptions);
    for (const uri of ["/", "/de/x", "/DE/x", "/a.css", "/api/x"]) {
      const event = viewerRequestEvent({ uri });
      const expected = await own(structuredClone(event));
      expect(await artefact.handler(event)).toEqual(expected);
    }
  });
});
