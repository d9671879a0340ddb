const paragraph =
  "<p>The same page comes from every server, so that only the server differs.</p>\n";

/** A page of 5.5 KB. */
export const page = `<!doctype html>\n<title>bench</title>\n${paragraph.repeat(71)}`;

/** The seven headers that every response carries. */
export const sevenHeaders: Readonly<Record<string, string>> = {
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
  "Content-Security-Policy":
    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-XSS-Protection": "1; mode=block",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
};

/** The Lambda@Edge functions that the servers run, by event type: each does a small, usual thing. */
export const functionSources = {
  "viewer-request": `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  if (!/\\.[a-z]+$/.test(request.uri)) request.uri = "/index.html";
  return request;
};
`,
  "viewer-response": `const headers = Object.entries(${JSON.stringify(sevenHeaders)});
exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  for (const [key, value] of headers) response.headers[key.toLowerCase()] = [{ key, value }];
  return response;
};
`,
  "origin-request": `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  request.headers["x-seen"] = [{ key: "X-Seen", value: "origin-request" }];
  return request;
};
`,
  "origin-response": `exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  response.headers["x-made"] = [{ key: "X-Made", value: "origin-response" }];
  return response;
};
`,
} as const;

/** The CloudFront Functions that do on viewer events what those of Lambda@Edge do. */
export const cloudFrontFunctionSources = {
  "viewer-request": `function handler(event) {
  const request = event.request;
  if (!/\\.[a-z]+$/.test(request.uri)) request.uri = "/index.html";
  return request;
}
`,
  "viewer-response": `const headers = Object.entries(${JSON.stringify(sevenHeaders)});
function handler(event) {
  const response = event.response;
  headers.forEach((entry) => {
    response.headers[entry[0].toLowerCase()] = { value: entry[1] };
  });
  return response;
}
`,
} as const;
