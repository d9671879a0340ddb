/** Returns the line of the log for a redirect: JSON. */
export function describeRedirect(rule: number, uri: string, status: string): string {
  return JSON.stringify({ function: "secret-redirect", rule, uri, status });
}
