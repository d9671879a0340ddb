import { viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSpaRewrite } from "./options.ts";
import { createSpaRewrite } from "./spa-rewrite.ts";

const compiled = compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] });
const handler = createSpaRewrite(compiled);

describe("the notes app with the routes /notes/:id(\\d+) and /notes/:id(\\d+)/edit", () => {
  it.each([
    "/notes/1",
    "/notes/42",
    "/notes/007",
    "/notes/12345678901234567890",
    "/notes/1/edit",
    "/notes/42/edit",
  ])("serves the document for %s", async (uri) => {
    expect(await handler(viewerRequestEvent({ uri }))).toHaveProperty("uri", "/index.html");
  });

  it.each([
    "/",
    "/index.html",
    "/notes",
    "/notes/",
    "/notes/1/",
    "/notes/1/edit/",
    "/notes/1/edit/x",
    "/notes/1/anything",
    "/notes/1/photo.jpg",
    "/notes/1.json",
    "/notes/abc",
    "/notes/1a",
    "/notes/%31",
    "/notes/\u0661",
    "/notes/-1",
    "/notes//edit",
    "//notes/1",
    "/Notes/1",
    "/notes/1/Edit",
    "/x/notes/1",
    "/api/notes/1",
    "/api/notes/1.json",
    "/footnotes/3",
    "/release-notes/2024.html",
    "/assets/notes/1.js",
    "/notes/1\n",
    "/notes/1?edit",
  ])("leaves %j as it is", async (uri) => {
    expect(await handler(viewerRequestEvent({ uri }))).toHaveProperty("uri", uri);
  });
});

describe("the handler", () => {
  it("changes nothing but the uri, and returns the request of the event itself", async () => {
    const event = viewerRequestEvent({ uri: "/notes/1", querystring: "uri=/x&page=2" });
    const { request } = event.Records[0].cf;
    const before = structuredClone(request);
    expect(await handler(event)).toBe(request);
    expect(request).toEqual({ ...before, uri: "/index.html" });
  });

  it("changes nothing at all where no route matches", async () => {
    const event = viewerRequestEvent({ uri: "/notes/abc", querystring: "page=2" });
    const before = structuredClone(event);
    expect(await handler(event)).toBe(event.Records[0].cf.request);
    expect(event).toEqual(before);
  });

  it("answers the same when it is asked again", async () => {
    for (const uri of ["/notes/1", "/notes/1", "/index.html"]) {
      expect(await handler(viewerRequestEvent({ uri }))).toHaveProperty("uri", "/index.html");
    }
  });

  it.each(["POST", "HEAD", "OPTIONS"])("does not look at the method: %s", async (method) => {
    const event = viewerRequestEvent({ uri: "/notes/1", method });
    expect(await handler(event)).toMatchObject({ uri: "/index.html", method });
  });

  it("serves the document of the options", async () => {
    const admin = createSpaRewrite(
      compileSpaRewrite({ routes: ["/admin/:page"], document: "/admin/index.html" }),
    );
    const event = viewerRequestEvent({ uri: "/admin/users" });
    expect(await admin(event)).toHaveProperty("uri", "/admin/index.html");
  });
});
