/** Where the local CloudFront's own paths begin: no distribution sees a request for one that is in use. */
const ownFolder = "/_local-cloudfront/";

/** Returns a path of the local CloudFront's own, on the site's origin, so that a policy permits it as it does the site. */
export function ownPath(name: string): string {
  return `${ownFolder}${name}`;
}
