import fc from "fast-check";

/** What CloudFront lets through, and what could still be read in two ways further on. */
const oddText: fc.Arbitrary<string> = fc.constantFrom(
  ..."0 1 5 -1 +5 1e1 2147483648 5,6 chunked close upgrade gzip h2c 100-continue trailers".split(
    " ",
  ),
  "",
  "a, b",
  '"',
  "\t",
  " a ",
  "é",
  "€\u{1f600}",
  "\ud800",
  "\u010d\u010aX-Smuggled: 1",
  "%0d%0aX-Smuggled:%201",
  "\\r\\nX-Smuggled: 1",
);

/** What no message can hold. */
const smugglingText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "\0",
    "a\r\nX-Smuggled: 1",
    "a\nX-Smuggled: 1",
    "a\rX-Smuggled: 1",
    "a\r\n\r\nHTTP/1.1 200 OK\r\nX-Smuggled: 1\r\nContent-Length: 0\r\n\r\n",
    "a HTTP/1.1\r\nX-Smuggled: 1\r\n\r\nGET /smuggled",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const text = fc.oneof({ weight: 4, arbitrary: oddText }, { weight: 1, arbitrary: smugglingText });

const oddName: fc.Arbitrary<string> = fc.constantFrom(
  ..."__proto__ constructor prototype toString hasOwnProperty valueOf".split(" "),
  ..."content-length Content-Length te http2-settings host HOST date age expires".split(" "),
  ..."content-encoding content-type content-range etag location server vary".split(" "),
  ..."set-cookie cookie refresh x-a X-A user-agent".split(" "),
);

const smugglingName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ..."Transfer-Encoding connection keep-alive trailer upgrade expect via warning".split(" "),
    ..."x-cache x-amz-cf-id :status :path :authority".split(" "),
    "",
    " ",
    "x a",
    "x\r\nX-Smuggled",
    "x\u010aX-Smuggled",
    "é",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

const name = fc.oneof({ weight: 4, arbitrary: oddName }, { weight: 1, arbitrary: smugglingName });

const lines: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.record({ value: text }), { minLength: 1, maxLength: 3 }),
  },
  { weight: 2, arbitrary: fc.tuple(fc.record({ key: name, value: text })) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const headers: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(name, lines, { minKeys: 1, maxKeys: 2 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const path: fc.Arbitrary<unknown> = fc.oneof(
  text.map((part) => `/${part}`),
  fc.constantFrom("//elsewhere.example/", "/../../etc/passwd", "/%00", "/?a#b", "/%zz", "/\0"),
  fc.jsonValue({ maxDepth: 1 }),
);

const requestBody: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ action: fc.constant("replace"), encoding: fc.constant("text"), data: text }),
  fc.record({ action: fc.constant("replace"), data: fc.base64String({ maxLength: 12 }) }),
  fc.jsonValue(),
);

const customOrigin = oneField({
  customHeaders: headers,
  path,
  domainName: fc.oneof(text, fc.constantFrom("localhost", "LOCALHOST", "nowhere.invalid")),
  readTimeout: fc.constantFrom(1, 0, "1", 1e9),
  responseCompletionTimeout: fc.constantFrom(0, 60, 1e12),
  sslProtocols: fc.jsonValue({ maxDepth: 1 }),
});

/** Mostly one field, which alone decides; sometimes several. */
function oneField(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  return fc.oneof(
    ...Object.entries(fields).map(([field, values]) => values.map((value) => ({ [field]: value }))),
    fc.record(fields, { requiredKeys: [] }),
  );
}

/** Changes to a request; those of `customOrigin` are of its origin. */
export const hostileRequest: fc.Arbitrary<object> = oneField({
  uri: path,
  querystring: fc.oneof(text, fc.webQueryParameters(), fc.jsonValue({ maxDepth: 1 })),
  headers,
  body: requestBody,
  method: text,
  clientIp: text,
  customOrigin,
});

const statuses = ["200", "204", "205", "206", "301", "304", "404", "416", "503", "599", 302];

/** Changes to a response. */
export const hostileResponse: fc.Arbitrary<object> = oneField({
  status: fc.oneof(fc.constantFrom(...statuses, "100", "101", "600"), fc.jsonValue()),
  statusDescription: text,
  headers,
  body: fc.oneof(text, fc.jsonValue({ maxDepth: 1 })),
  bodyEncoding: fc.constantFrom("text", "base64", "hex"),
});

/** A response that a request function generates. */
export const hostileGeneratedResponse: fc.Arbitrary<object> = fc
  .tuple(fc.constantFrom(...statuses), hostileResponse, hostileResponse)
  .map(([status, ...changes]) => Object.assign({ status }, ...changes));

/** Any JSON, names that objects have by nature included. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
);
