/** The secret path as it is written by hand for CloudFront Functions, with no way past it in disguise. */
export function handler(event) {
  var request = event.request;
  var path = request.uri;
  if (/[^!$&-;=@-Z_a-z~]|\/[./]/.test(path)) {
    var kept = [];
    path
      .replace(/%([\dA-Fa-f]{2})/g, function (encoded, hex) {
        var character = String.fromCharCode(Number("0x" + hex));
        return /[!$&-.0-;=@-Z_a-z~]/.test(character) ? character : encoded.toUpperCase();
      })
      .split("/")
      .forEach(function (segment) {
        if (segment === "..") kept.pop();
        else if (segment !== "." && segment !== "") kept.push(segment);
      });
    path = "/" + kept.join("/");
  }
  if (path !== "/secret" && path !== "/secret/") return request;
  return {
    statusCode: 302,
    statusDescription: "Found",
    headers: {
      location: { value: "https://example.com/hidden" },
      "cache-control": { value: "public, max-age=0, s-maxage=60" },
    },
  };
}
