/** The rewrite as it is written by hand for CloudFront Functions, with the same behaviour for the same routes. */
export function handler(event) {
  var request = event.request;
  if (request.method !== "GET" && request.method !== "HEAD") return request;
  var path = request.uri;
  if (path.indexOf("%") >= 0) {
    try {
      path = decodeURIComponent(path.replace(/%2f/gi, "%252F"));
      // oxlint-disable-next-line no-unused-vars -- njs takes no catch without a name
    } catch (error) {
      return request;
    }
  }
  if (!/^\/notes\/\d+(\/edit)?$/.test(path)) return request;
  var headers = request.headers;
  var accept = headers.accept;
  if (accept && !/text\/html|^ *(\*|text)\/\*/.test(accept.value)) return request;
  var destination = headers["sec-fetch-dest"] || headers["sec-fetch-mode"];
  if (!destination || /^(document|i?frame|navigate|empty|cors)$/.test(destination.value)) {
    request.uri = "/index.html";
  }
  return request;
}
