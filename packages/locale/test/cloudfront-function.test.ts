import { loadCloudFrontFunction, testCloudFrontFunction } from "edge-function-testing";
import { describe } from "vitest";
import { compileLocale } from "locale";

const options = compileLocale({
  locales: ["en", "de", "fr", "pt-BR", "zh-Hans", "zh-Hant", "ja", "ar"],
  xDefault: "/int",
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);

describe("the CloudFront Function of locale", () => {
  testCloudFrontFunction(built, {
    eventType: "viewer-request",
    optionsCode: /OptionsError|Intl/,
  });
});
