import { describe, expect, it } from "vitest";
import { checkViewerProfile, parseViewerProfile } from "./viewer-profile.ts";

function refusalOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    return String(error);
  }
  return "taken";
}

describe("parseViewerProfile", () => {
  it("reads a list of names and values", () => {
    expect(
      parseViewerProfile(
        "address=2001:db8::9,country=JP, device=mobile,os=ios,city=Mito,region=08",
      ),
    ).toEqual({
      address: "2001:db8::9",
      country: "JP",
      device: "mobile",
      os: "ios",
      city: "Mito",
      region: "08",
    });
  });

  it("keeps what follows the first = as the value", () => {
    expect(parseViewerProfile("city=a=b")).toEqual({ city: "a=b" });
  });

  it("refuses what no profile has, with what is allowed", () => {
    expect(
      Object.fromEntries(
        [
          "",
          "JP",
          "=JP",
          "country=JP,",
          "planet=Mars",
          "device=phone",
          "os=linux",
          "country=Japan",
          "country=jp",
          "address=localhost",
          "__proto__=x",
        ].map((text) => [text, refusalOf(() => parseViewerProfile(text))]),
      ),
    ).toMatchInlineSnapshot(`
      {
        "": "LocalCloudFrontError: Viewer is not a list of NAME=VALUE: got "". Write it as in --viewer country=JP,device=mobile.",
        "=JP": "LocalCloudFrontError: Viewer is not a list of NAME=VALUE: got "=JP". Write it as in --viewer country=JP,device=mobile.",
        "JP": "LocalCloudFrontError: Viewer is not a list of NAME=VALUE: got "JP". Write it as in --viewer country=JP,device=mobile.",
        "__proto__=x": "LocalCloudFrontError: Viewer has no such name: got "__proto__=x". Allowed: address, country, device (desktop, mobile, tablet, smarttv), os (android, ios), region, city, postalCode, timeZone, latitude, longitude.",
        "address=localhost": "LocalCloudFrontError: Viewer's address is no IP address: got "localhost". Write IPv4 or IPv6, as in 203.0.113.9.",
        "country=JP,": "LocalCloudFrontError: Viewer is not a list of NAME=VALUE: got "". Write it as in --viewer country=JP,device=mobile.",
        "country=Japan": "LocalCloudFrontError: Viewer's country is no country code: got "Japan". Write two upper-case letters, as in JP.",
        "country=jp": "LocalCloudFrontError: Viewer's country is no country code: got "jp". Write two upper-case letters, as in JP.",
        "device=phone": "LocalCloudFrontError: Viewer has no such value: got "device=phone". Allowed: address, country, device (desktop, mobile, tablet, smarttv), os (android, ios), region, city, postalCode, timeZone, latitude, longitude.",
        "os=linux": "LocalCloudFrontError: Viewer has no such value: got "os=linux". Allowed: address, country, device (desktop, mobile, tablet, smarttv), os (android, ios), region, city, postalCode, timeZone, latitude, longitude.",
        "planet=Mars": "LocalCloudFrontError: Viewer has no such name: got "planet=Mars". Allowed: address, country, device (desktop, mobile, tablet, smarttv), os (android, ios), region, city, postalCode, timeZone, latitude, longitude.",
      }
    `);
  });
});

describe("checkViewerProfile", () => {
  it("takes what is left out", () => {
    expect(checkViewerProfile({ country: undefined, device: "tablet" })).toEqual({
      device: "tablet",
    });
  });
});
