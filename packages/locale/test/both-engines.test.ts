import type { ViewerRequestHandler, ViewerResponseHandler } from "cf-types";
import {
  loadCloudFrontFunction,
  testBothEngines,
  viewerRequestEvent,
  viewerResponseEvent,
} from "edge-function-testing";
import { describe } from "vitest";
import { compileLocale, createLocale } from "locale";

const uris = ["/", "/about", "/DE/about", "/pt-br", "/zh-hant/x", "/a.css", "/api/x", "//x/y z"];
const languages = ["de-CH,en;q=0.5", "zh-TW", "constructor", "*, pt;q=0.1", ";,-"];
const cookies = ["a=1", "locale=pt-br", "locale=%"];

for (const mode of ["redirect", "rewrite", "header"] as const) {
  const options = compileLocale({ locales: ["en", "de", "pt-BR", "zh-Hant"], mode });
  const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);

  describe(`both engines, ${mode}`, () => {
    const atRequest: ViewerRequestHandler = createLocale(options);
    const atResponse: ViewerResponseHandler = createLocale(options);
    testBothEngines(built, {
      handler: atResponse,
      events: ["/about", "/de/about"].flatMap((uri) =>
        ["Origin", "cookie", "*"].map((vary) => {
          const event = viewerResponseEvent();
          Object.assign(event.Records[0].cf.request, { uri });
          event.Records[0].cf.response.headers["vary"] = [{ key: "Vary", value: vary }];
          return event;
        }),
      ),
    });
    testBothEngines(built, {
      handler: atRequest,
      events: uris.flatMap((uri, index) =>
        [...languages, undefined].map((language) => {
          const event = viewerRequestEvent({ uri, querystring: "a=1&b=2" });
          const { headers } = event.Records[0].cf.request;
          headers["cookie"] = [{ key: "cookie", value: cookies[index % cookies.length] ?? "" }];
          if (language !== undefined) {
            headers["accept-language"] = [{ key: "accept-language", value: language }];
          }
          return event;
        }),
      ),
    });
  });
}
