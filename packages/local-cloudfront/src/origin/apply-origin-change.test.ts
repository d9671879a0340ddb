import type { CustomOrigin as EventCustomOrigin, S3Origin as EventS3Origin } from "cf-types";
import { describe, expect, it } from "vitest";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import { applyOriginChange } from "./apply-origin-change.ts";
import { originToEvent } from "./origin-to-event.ts";

const site = sampleS3Origin({
  content: { kind: "folder", path: "/site" },
  objectHeaders: [{ pathPattern: "*", headers: { "Cache-Control": "no-cache" } }],
});
const archive = sampleS3Origin({
  id: "archive",
  domainName: "archive.s3.amazonaws.com",
  content: { kind: "folder", path: "/archive" },
  mayListBucket: true,
});
const api = sampleCustomOrigin({ content: { kind: "url", url: "http://localhost:3000" } });
const origins = [site, archive, api];

const s3Event: EventS3Origin = {
  authMethod: "none",
  customHeaders: {},
  domainName: site.domainName,
  path: "",
};
const customEvent: EventCustomOrigin = {
  customHeaders: { "x-a": [{ value: "1" }] },
  domainName: api.domainName,
  keepaliveTimeout: 10,
  path: "/v2",
  port: 8080,
  protocol: "http",
  readTimeout: 20,
  sslProtocols: ["TLSv1.2"],
};

describe("an origin that an origin-request function changes", () => {
  it("is the same origin where nothing changed", () => {
    expect(applyOriginChange(site, originToEvent(site), origins)).toEqual(site);
    const { protocolPolicy, httpPort, ...kept } = api;
    expect(applyOriginChange(api, originToEvent(api), origins)).toEqual({
      ...kept,
      protocolPolicy,
      httpPort,
    });
  });

  it("has the content that is passed for its host name, and no other", () => {
    const content = { kind: "folder", path: "/other" } as const;
    const byHost = new Map([["other.example.com", content]]);
    const custom = (domainName: string) =>
      applyOriginChange(site, { custom: { ...customEvent, domainName } }, origins, byHost);
    const s3 = applyOriginChange(
      site,
      { s3: { ...s3Event, domainName: "other.example.com" } },
      origins,
      byHost,
    );
    expect(custom("Other.example.com").content).toEqual(content);
    expect(custom("third.example.com").content).toEqual({ kind: "none" });
    expect(custom(api.domainName).content).toEqual(api.content);
    expect(s3).toMatchObject({ kind: "s3", content, mayGetObject: true });
  });

  it("keeps its content when path and custom headers change", () => {
    const changed = applyOriginChange(
      site,
      { s3: { ...s3Event, path: "/v2", customHeaders: { "x-a": [{ key: "X-A", value: "1" }] } } },
      origins,
    );
    expect(changed).toEqual({
      ...site,
      path: "/v2",
      customHeaders: [{ name: "X-A", value: "1" }],
    });
  });

  it("has the content of the configured origin whose domain name it takes", () => {
    const changed = applyOriginChange(
      site,
      { s3: { ...s3Event, domainName: archive.domainName.toUpperCase() } },
      origins,
    );
    expect(changed).toMatchObject({
      id: "archive",
      content: archive.content,
      access: site.access,
      mayGetObject: true,
      mayListBucket: true,
    });
  });

  it("LE-B-41: is contacted for real where the distribution has no such domain name", () => {
    const changed = applyOriginChange(
      api,
      { custom: { ...customEvent, domainName: "other.example.com" } },
      origins,
    );
    expect(changed).toMatchObject({
      kind: "custom",
      domainName: "other.example.com",
      content: { kind: "none" },
      protocolPolicy: "http-only",
      httpPort: 8080,
      path: "/v2",
      customHeaders: [{ name: "x-a", value: "1" }],
      readTimeoutSeconds: 20,
      keepaliveTimeoutSeconds: 10,
      connectionAttempts: 3,
    });
  });

  it("goes from S3 to custom", () => {
    const changed = applyOriginChange(site, { custom: customEvent }, origins);
    expect(changed).toMatchObject({ kind: "custom", id: "api", content: api.content });
  });

  it("LE-B-40: goes from custom to S3 unsigned, which a private bucket does not admit", () => {
    const changed = applyOriginChange(api, { s3: s3Event }, origins);
    expect(changed).toMatchObject({
      kind: "s3",
      id: "site",
      access: { kind: "public" },
      mayGetObject: false,
    });
    const publicSite = { ...site, access: { kind: "public" } } as const;
    expect(applyOriginChange(api, { s3: s3Event }, [publicSite, api])).toMatchObject({
      mayGetObject: true,
      content: site.content,
    });
  });
});
