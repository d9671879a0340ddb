import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ConsumerProject, copyInto, createConsumerProject } from "../src/consumer-project.ts";

let project: ConsumerProject;

beforeAll(() => {
  project = createConsumerProject({}, inject("tarballs"));
  copyInto(project, join(import.meta.dirname, "fixtures/commonjs-project"));
});

afterAll(() => project.remove());

describe("a plain CommonJS project", () => {
  it("requires the packages, their manifests and their artefacts", () => {
    expect(JSON.parse(project.run("node", "index.cjs"))).toEqual({
      functions: [
        { eventType: "origin-request", handler: "function", name: "secret-redirect" },
        { eventType: "viewer-response", handler: "function", name: "security-headers" },
        { eventType: "viewer-request", handler: "function", name: "spa-rewrite" },
      ],
      uri: "/index.html",
      own: "function",
      checkAssociations: "function",
      start: "function",
    });
  });
});
