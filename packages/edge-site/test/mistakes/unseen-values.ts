import { alone, away, old, onViewerRequest, redirects, type Mistake } from "./mistake.ts";

/** Rules that read what does not reach them, or what the cache key does not have. */
export const unseenValues: readonly Mistake[] = [
  {
    name: "a rule that reads a query parameter",
    wrong: alone([old("/a", { conditions: { query: { id: "1" } } })]),
    message: /reads the query string id, which does not reach/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { query: { id: "1" } } })]),
          cacheKey: { queryStrings: "all" },
        },
        request: "/a?utm=x&id=1",
        answer: `302 ${away}`,
      },
      {
        right: alone([old("/a", { conditions: { query: { id: "1" } } })], onViewerRequest),
        request: "/a?utm=x&id=1",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule that captures a query parameter",
    wrong: alone([old("/a", { to: "/b/:id", conditions: { query: { id: ":id" } } })]),
    message: /reads the query string id/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { to: "/b/:id", conditions: { query: { id: ":id" } } })]),
          cacheKey: { queryStrings: "all" },
        },
        request: "/a?id=1",
        answer: "302 /b/1",
      },
    ],
  },
  {
    name: "a rule with a token",
    wrong: alone([old("/a", { token: { in: "query", name: "key", value: "0123456789" } })]),
    message: /reads the query string key/,
    remedies: [
      {
        right: alone(
          [old("/a", { token: { in: "query", name: "key", value: "0123456789" } })],
          onViewerRequest,
        ),
        request: "/a?key=0123456789",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule with a token on a cache behavior with a minimum TTL",
    wrong: {
      functions: [
        {
          ...redirects([
            old("/assets/a", { token: { in: "cookie", name: "key", value: "0123456789" } }),
          ]),
          pathPatterns: ["/assets/*"],
        },
      ],
    },
    message: /the cookie key, which does not reach/,
    remedies: [
      {
        right: {
          functions: [
            {
              ...redirects(
                [old("/assets/a", { token: { in: "cookie", name: "key", value: "0123456789" } })],
                onViewerRequest,
              ),
              pathPatterns: ["/assets/*"],
            },
          ],
        },
        request: { uri: "/assets/a", headers: { cookie: "key=0123456789" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule that passes the query string on",
    wrong: alone([old("/a", { query: "keep" })]),
    message: /passes the query string on, but on origin-request/,
    remedies: [
      { right: alone([old("/a", { query: "drop" })]), request: "/a?x=1", answer: `302 ${away}` },
      {
        right: alone([old("/a", { query: "keep" })], onViewerRequest),
        request: "/a?x=1",
        answer: `302 ${away}?x=1`,
      },
      {
        right: { ...alone([old("/a", { query: "keep" })]), cacheKey: { queryStrings: "all" } },
        request: "/a?x=1",
        answer: `302 ${away}?x=1`,
      },
    ],
  },
  {
    name: "a rule by host",
    wrong: alone([old("/a", { conditions: { host: "127.0.0.1" } })]),
    message: /reads the viewer's Host, which an S3 origin refuses/,
    remedies: [
      {
        right: alone(
          [old("/a", { conditions: { host: ["127.0.0.1", "localhost"] } })],
          onViewerRequest,
        ),
        request: "/a",
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule by country",
    wrong: alone([old("/a", { conditions: { country: "DE" } })]),
    message: /cacheKey: \{ headers: \["cloudfront-viewer-country"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { country: ["DE", "US"] } })]),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
    ],
  },
  {
    name: "a rule by country on viewer-request",
    wrong: alone([old("/a", { conditions: { country: "DE" } })], {
      ...onViewerRequest,
      engine: "lambda-edge",
    }),
    message:
      /adds after viewer-request for Lambda@Edge. Let it run as a CloudFront Function, as in \{ engine: "cloudfront-function", … \}, or leave eventType out/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { country: "DE" } })], {
            ...onViewerRequest,
            engine: "cloudfront-function",
          }),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
      {
        right: {
          ...alone([old("/a", { conditions: { country: "DE" } })], { engine: "lambda-edge" }),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
    ],
  },
  {
    name: "a rule by country as a CloudFront Function",
    wrong: alone([old("/a", { conditions: { country: "DE" } })], {
      ...onViewerRequest,
      engine: "cloudfront-function",
    }),
    message: /adds where a policy asks for it. Put it into the cache key/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { country: "DE" } })], {
            ...onViewerRequest,
            engine: "cloudfront-function",
          }),
          cacheKey: { headers: ["cloudfront-viewer-country"] },
        },
      },
    ],
  },
  {
    name: "a rule by cookie",
    wrong: alone([old("/a", { conditions: { cookie: { beta: true } } })]),
    message: /cacheKey: \{ cookies: \["beta"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { cookie: { beta: true } } })]),
          cacheKey: { cookies: ["beta"] },
        },
        request: { uri: "/a", headers: { cookie: "beta=1" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule by language",
    wrong: alone([old("/a", { conditions: { language: "de" } })]),
    message: /cacheKey: \{ headers: \["accept-language"\] \}/,
    remedies: [
      {
        right: {
          ...alone([old("/a", { conditions: { language: "de" } })]),
          cacheKey: { headers: ["accept-language"] },
        },
        request: { uri: "/a", headers: { "accept-language": "de-AT" } },
        answer: `302 ${away}`,
      },
    ],
  },
  {
    name: "a rule for GET without HEAD",
    wrong: alone([old("/a", { conditions: { method: "GET" } })]),
    message: /Name both or none of them/,
    remedies: [
      {
        right: alone([old("/a", { conditions: { method: ["GET", "HEAD"] } })]),
        request: "/a",
        answer: `302 ${away}`,
      },
      { right: alone([old("/a")]), request: "/a", answer: `302 ${away}` },
    ],
  },
];
