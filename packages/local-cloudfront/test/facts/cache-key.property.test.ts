import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { requestRaw } from "../support/raw-http.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

/** A request of which the policy below names the path, `q`, the cookie `c` and the header `X-K`. */
interface Viewer {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly header: string | undefined;
  readonly acceptEncoding: string | undefined;
  readonly ignored: string;
}

// Separators and lengths that could make two different keys look alike, if they were just joined.
const value = fc.constantFrom("", "a", "A", "1", "a=1", "x:y", "2 a", "%26", "c=1", "10");
const viewer: fc.Arbitrary<Viewer> = fc.record({
  path: fc.constantFrom("", "a", "A", "a/", "2", "a:1"),
  query: fc.array(fc.tuple(fc.constantFrom("q", "Q", "r"), value), { maxLength: 2 }),
  cookies: fc.array(fc.tuple(fc.constantFrom("c", "C", "d"), value), { maxLength: 2 }),
  header: fc.option(value, { nil: undefined }),
  acceptEncoding: fc.constantFrom(undefined, "gzip", "br", "gzip, br", "br;q=1,gzip", "deflate"),
  ignored: value,
});

/** Of a header and a cookie; two of these look alike where a key just joins names and values. */
function lookalike(header: string, cookie: string | undefined): Viewer {
  const cookies = cookie === undefined ? [] : [["c", cookie] as const];
  return { path: "", query: [], cookies, header, acceptEncoding: undefined, ignored: "" };
}

/** What CloudFront keys by, written down independently: equal exactly for requests that share an object. */
function keyOf({ path, query, cookies, header, acceptEncoding }: Viewer): string {
  const accepted = ["br", "gzip"].filter((encoding) => acceptEncoding?.includes(encoding));
  return JSON.stringify([
    path,
    query.filter(([name]) => name === "q"),
    cookies.filter(([name]) => name === "c"),
    header ?? null,
    accepted,
  ]);
}

async function send(url: string, prefix: string, viewer: Viewer): Promise<string> {
  const pairs = (list: Viewer["query"], separator: string): string =>
    list.map(([name, text]) => `${name}=${text.replaceAll(" ", "%20")}`).join(separator);
  const query = pairs(viewer.query, "&");
  const { headers } = await requestRaw(url, `${prefix}/${viewer.path}${query && `?${query}`}`, {
    "x-ignored": viewer.ignored,
    ...(viewer.cookies.length > 0 && { cookie: pairs(viewer.cookies, "; ") }),
    ...(viewer.header !== undefined && { "x-k": viewer.header }),
    ...(viewer.acceptEncoding !== undefined && { "accept-encoding": viewer.acceptEncoding }),
  });
  return headers["x-cache"]?.split(" ")[0] ?? "";
}

it("CF-G-01 to CF-G-05, CF-G-28: two requests share an object exactly when all that the policy names is equal", async () => {
  const { cloudfront } = await startTestCloudFront({
    server: (_request, response) => {
      response.end("object");
    },
    cachePolicy: {
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
        HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["X-K"] },
        CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["c"] },
        QueryStringsConfig: { QueryStringBehavior: "whitelist", QueryStrings: ["q"] },
      },
    },
  });
  let run = 0;
  const similar = fc
    .tuple(viewer, viewer, fc.subarray(["path", "query", "cookies", "header", "ignored"] as const))
    .map(([first, other, changed]): readonly [Viewer, Viewer] => [
      first,
      { ...first, ...Object.fromEntries(changed.map((name) => [name, other[name]])) },
    ]);
  await fc.assert(
    fc.asyncProperty(fc.oneof(similar, fc.tuple(viewer, viewer)), async ([first, second]) => {
      const prefix = `/${run++}`;
      expect(await send(cloudfront.url, prefix, first)).toBe("Miss");
      const expected = keyOf(first) === keyOf(second) ? "Hit" : "Miss";
      expect(await send(cloudfront.url, prefix, second)).toBe(expected);
    }),
    {
      ...propertyRuns(200),
      examples: [[[lookalike("a", "10"), lookalike("acookiec10", undefined)]]],
    },
  );
});
