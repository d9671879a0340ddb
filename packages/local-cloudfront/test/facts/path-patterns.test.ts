import { describe, expect, it } from "vitest";
import { respondsInTurn } from "../support/origin-responses.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

/** Requests the raw paths and returns which cache behavior each met. */
async function metBehaviors(
  pathPatterns: readonly string[],
  paths: readonly string[],
): Promise<{ readonly met: Record<string, string>; readonly received: readonly string[] }> {
  const { cloudfront, received } = await startTestCloudFront({
    server: respondsInTurn({}),
    cacheBehaviors: Object.fromEntries(pathPatterns.map((pathPattern) => [pathPattern, {}])),
  });
  const met: Record<string, string> = {};
  for (const path of paths) {
    await sendRaw(cloudfront.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const [first] = cloudfront.traces().at(-1)?.steps ?? [];
    met[path] = first?.step === "cache-behavior" ? first.pathPattern : "none";
  }
  return { met, received: received.map(({ url }) => url) };
}

describe("the cache behavior that a request meets", () => {
  it("CF-J-01, CF-J-02, CF-J-04, CF-J-09, CF-J-12: is the first whose pattern matches, else the default", async () => {
    const { met } = await metBehaviors(
      ["images/*.jpg", "images/*", "*.gif", "*.doc?"],
      [
        "/images/sample.jpg",
        "/images/sample.gif",
        "/images/a/b.jpg",
        "/images/a/b.png",
        "/a/sample.gif",
        "/a.doc",
        "/a.docx",
        "/LOGO.GIF",
        "/",
      ],
    );
    expect(met).toEqual({
      "/images/sample.jpg": "images/*.jpg",
      "/images/sample.gif": "images/*",
      "/images/a/b.jpg": "images/*.jpg",
      "/images/a/b.png": "images/*",
      "/a/sample.gif": "*.gif",
      "/a.doc": "*",
      "/a.docx": "*.doc?",
      "/LOGO.GIF": "*",
      "/": "*",
    });
  });

  it("CF-J-03: does not change with a leading slash in the pattern", async () => {
    expect((await metBehaviors(["/a/*"], ["/a/b"])).met).toEqual({ "/a/b": "/a/*" });
    expect((await metBehaviors(["a/*"], ["/a/b"])).met).toEqual({ "/a/b": "a/*" });
  });

  it("CF-J-05: does not depend on the query string or on cookies", async () => {
    const { met } = await metBehaviors(["*.jpg"], ["/a?b=c.jpg", "/a.jpg?b=c"]);
    expect(met).toEqual({ "/a?b=c.jpg": "*", "/a.jpg?b=c": "*.jpg" });
  });

  it("CF-J-07, CF-J-14: is chosen by the normalised path, while the origin gets the raw one", async () => {
    const paths = ["/a/b/..?c=1", "/a/./b/x", "//a//b/x", "/x/../a/b/y", "/../a/b/z"];
    const { met, received } = await metBehaviors(["/a/b*", "/a*"], paths);
    expect(met).toEqual({
      "/a/b/..?c=1": "/a*",
      "/a/./b/x": "/a/b*",
      "//a//b/x": "/a/b*",
      "/x/../a/b/y": "/a/b*",
      "/../a/b/z": "/a/b*",
    });
    expect(received).toEqual(["/a/b/..", "/a/./b/x", "//a//b/x", "/x/../a/b/y", "/../a/b/z"]);
  });

  it("CF-J-08: takes an encoded dot for a dot, and an encoded slash for no slash", async () => {
    const paths = ["/a/%2e%2E/secret/x", "/%73ecret/x", "/secret%2Fx", "/a/..%2Fsecret/x"];
    const { met, received } = await metBehaviors(["/secret/*"], paths);
    expect(met).toEqual({
      "/a/%2e%2E/secret/x": "/secret/*",
      "/%73ecret/x": "/secret/*",
      "/secret%2Fx": "*",
      "/a/..%2Fsecret/x": "*",
    });
    expect(received).toEqual(paths);
  });
});
